package links

import (
	"net/http/httptest"
	"testing"
)

func TestAReaderWithoutALanguageFindsNothing(t *testing.T) {
	answer := httptest.NewRecorder()
	Follow(answer, httptest.NewRequest("GET", "/a", nil))
	if answer.Code != 404 {
		t.Fatal(answer.Code)
	}
}
