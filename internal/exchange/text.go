package exchange

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// errBinary is a file that holds no text.
var errBinary = errors.New("holds no text")

// decode returns the text of bytes in any encoding, with LF line ends, and the
// name of the encoding where it is not UTF-8.
func decode(data []byte, isHTML bool) (text, encoding string, err error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		encoding = "UTF-16"
		data, err = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(data)
	case bytes.IndexByte(data, 0) >= 0:
		return "", "", errBinary
	case isHTML:
		e, name, _ := charset.DetermineEncoding(data, "text/html")
		if name == "utf-8" || utf8.Valid(data) {
			break
		}
		encoding = name
		data, err = e.NewDecoder().Bytes(data)
	case !utf8.Valid(data):
		encoding = "windows-1252"
		data, err = charmap.Windows1252.NewDecoder().Bytes(data)
	}
	if err != nil {
		return "", "", err
	}
	text = strings.ToValidUTF8(strings.TrimPrefix(string(data), "\ufeff"), "\uFFFD")
	if strings.IndexByte(text, 0) >= 0 {
		return "", "", errBinary
	}
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), encoding, nil
}
