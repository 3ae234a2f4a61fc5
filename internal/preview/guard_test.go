package preview

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// TestGuard asks as pages of other sites would, as a name that was made to lead
// here would, and as the reader does.
func TestGuard(t *testing.T) {
	inner := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("secret")) })
	g := guard("4321", inner)
	const here = "127.0.0.1:4321"
	tests := []struct {
		name    string
		host    string
		headers map[string]string
		method  string
		want    int
	}{
		{"the reader", here, nil, "GET", 200},
		{"by name", "localhost:4321", nil, "GET", 200},
		{"by name in capitals", "LOCALHOST:4321", nil, "GET", 200},
		{"by IPv6", "[::1]:4321", nil, "GET", 200},
		{"HEAD", here, nil, "HEAD", 200},
		{"a name that leads here", "rebind.example.com:4321", nil, "GET", 421},
		{"a name that begins like ours", "127.0.0.1.example.com:4321", nil, "GET", 421},
		{"a final dot", "localhost.:4321", nil, "GET", 421},
		{"another port", "127.0.0.1:80", nil, "GET", 421},
		{"no port", "127.0.0.1", nil, "GET", 421},
		{"no host", "", nil, "GET", 421},
		{"another address", "192.168.0.1:4321", nil, "GET", 421},
		{"our own script", here, map[string]string{"Origin": "http://" + here, "Sec-Fetch-Site": "same-origin"}, "GET", 200},
		{"another origin", here, map[string]string{"Origin": "http://example.com"}, "GET", 403},
		{"an origin that begins like ours", here, map[string]string{"Origin": "http://127.0.0.1:4321.example.com"}, "GET", 403},
		{"our address over https", here, map[string]string{"Origin": "https://" + here}, "GET", 403},
		{"the null origin", here, map[string]string{"Origin": "null"}, "GET", 403},
		{"an address as origin", here, map[string]string{"Origin": "http://1.2.3.4"}, "GET", 403},
		{"a script of another site", here, map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script"}, "GET", 403},
		{"another port of this machine", here, map[string]string{"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}, "GET", 403},
		{"in a frame of another site", here, map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}, "GET", 403},
		{"a link of another site", here, map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, "GET", 200},
		{"typed into the address bar", here, map[string]string{"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, "GET", 200},
		{"POST", here, nil, "POST", 405},
		{"OPTIONS", here, map[string]string{"Origin": "http://" + here}, "OPTIONS", 405},
	}
	for _, test := range tests {
		r := httptest.NewRequest(test.method, "/", nil)
		r.Host = test.host
		for k, v := range test.headers {
			r.Header.Set(k, v)
		}
		w := httptest.NewRecorder()
		g.ServeHTTP(w, r)
		if w.Code != test.want {
			t.Errorf("%s: status %d, want %d", test.name, w.Code, test.want)
		}
		if w.Code != 200 && w.Body.String() == "secret" {
			t.Errorf("%s: refused, and answered all the same", test.name)
		}
		for name := range w.Header() {
			if len(name) > 15 && name[:15] == "Access-Control-" {
				t.Errorf("%s: the header %s lets other sites in", test.name, name)
			}
		}
		if w.Header().Get("Content-Security-Policy") == "" || w.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: the headers that protect the reader are missing", test.name)
		}
	}
}
