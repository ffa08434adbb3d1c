// Package links knows where short links lead.
package links

import (
	"net/http"

	"golang.org/x/text/language"
)

// Follow sends the reader on, to the page in the language of the reader.
func Follow(w http.ResponseWriter, r *http.Request) {
	tag, _, _ := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if len(tag) == 0 {
		http.NotFound(w, r)
		return
	}
	http.Redirect(w, r, "https://www.example.com/"+tag[0].String()+r.URL.Path, http.StatusFound)
}
