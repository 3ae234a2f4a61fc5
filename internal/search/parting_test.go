package search

import (
	"slices"
	"strings"
	"testing"
)

// TestParting cuts names as engineers write them into the parts that people type.
func TestParting(t *testing.T) {
	l, err := languageOf("is") // no stemmer, so that the parts come out as they are
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ text, want string }{
		{"quorum", "quorum"},
		{"max_connections", "max_connections max connections"},
		{"io.netty.handler", "io.netty.handler io netty handler"},
		{"CrashLoopRestart", "crashlooprestart crash loop restart"},
		{"CrashLoopBackOff", "crashloopbackoff crash loop back"}, // "off" is a stop word
		{"HTTPServer", "httpserver http server"},
		{"OOMKilled", "oomkilled oom killed"},
		{"ERR_QUORUM", "err_quorum err quorum"},
		{"getHTTPResponse_code", "gethttpresponse_code get http response code"},
		{"javax.net.ssl.SSLHandshakeException", "javax.net.ssl.sslhandshakeexception javax net ssl ssl handshake exception"},
		{"host's", "host's"},       // an apostrophe parts nothing
		{"O'Neill’s", "o'neill’s"}, // of either kind
		{"Iceland", "iceland"},     // a capital at the beginning is no hump
		{"KUBERNETES", "kubernetes"},
		{"größeÄnderung", "größeänderung größe änderung"},
		{"v1.33", "v1.33 v1 33"},
	}
	for _, test := range tests {
		var got []string
		for _, token := range l.analyzer.Analyze([]byte(test.text)) {
			got = append(got, string(token.Term))
			if token.Start < 0 || token.End > len(test.text) || !strings.EqualFold(test.text[token.Start:token.End], string(token.Term)) {
				t.Errorf("%s: the part %s is said to be at %d to %d", test.text, token.Term, token.Start, token.End)
			}
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s is cut into %v, want %s", test.text, got, test.want)
		}
	}
}

// TestPartsAreFound finds a page by a part of a name, by the name, and by the name
// as other people write it.
func TestPartsAreFound(t *testing.T) {
	b := baseOf(t, "en",
		doc("x", "Names", "The CrashLoopBackOff of io.netty with max_connections came after a fail-over, as SSLHandshakeException said."),
		doc("y", "Picnic", "Nothing of the kind."))
	for _, q := range []string{
		"crashloopbackoff ", "CrashLoopBackOff ", "crash ", "backoff ", "crash loop ", "netty ", "io.netty ", "max_connections ", "connections ",
		"max connections ", "failover ", "fail-over ", "fail over ", "handshake ", "sslhandshakeexception ", "ssl handshake exception ", `"max_connections"`, `"crashloopbackoff of io.netty"`,
	} {
		if _, got := ask(t, b, q); !slices.Equal(got, []string{"x"}) {
			t.Errorf("%q finds %v, want x", q, got)
		}
	}
}
