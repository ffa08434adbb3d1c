// Serves short links; with -health it asks a running instance whether it is well.
package main

import (
	"flag"
	"net/http"
	"os"

	"example.com/link-shortener/internal/links"
)

func main() {
	health := flag.Bool("health", false, "ask the instance on this machine")
	flag.Parse()
	if *health {
		answer, err := http.Get("http://127.0.0.1:8080/healthz")
		if err != nil || answer.StatusCode != http.StatusOK {
			os.Exit(1)
		}
		return
	}
	http.HandleFunc("/healthz", func(http.ResponseWriter, *http.Request) {})
	http.HandleFunc("/", links.Follow)
	if err := http.ListenAndServe(":8080", nil); err != nil {
		os.Exit(1)
	}
}
