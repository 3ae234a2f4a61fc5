package site_test

import (
	"testing"

	"debrief/internal/kb"
	"debrief/internal/site"
)

// TestTicketURL tells where a ticket leads, on a site that says where its tickets
// are and on one that does not.
func TestTicketURL(t *testing.T) {
	for _, test := range []struct{ ticket, want, without string }{
		{"", "", ""},
		{"#12", "https://t.example.org/12", ""},
		{"A B/1", "https://t.example.org/A%20B%2F1", ""},
		{"https://other.example.org/7", "https://other.example.org/7", "https://other.example.org/7"},
		{"HTTPS://other.example.org/7", "HTTPS://other.example.org/7", "HTTPS://other.example.org/7"},
		{"mailto:help@example.org", "mailto:help@example.org", "mailto:help@example.org"},
		{"https://", "https://t.example.org/https:%2F%2F", ""}, // without a host it is no address
		{"javascript:alert(1)", "https://t.example.org/javascript:alert%281%29", ""},
	} {
		if got := site.TicketURL(kb.Config{TicketURL: "https://t.example.org/{ticket}"}, test.ticket); got != test.want {
			t.Errorf("%q is at %q, want %q", test.ticket, got, test.want)
		}
		if got := site.TicketURL(kb.Config{}, test.ticket); got != test.without {
			t.Errorf("%q is at %q without a pattern, want %q", test.ticket, got, test.without)
		}
	}
}
