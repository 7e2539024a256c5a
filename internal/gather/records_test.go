package gather

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

func TestLines(t *testing.T) {
	t.Parallel()
	const limit = 12
	broken := errors.New("the disk is gone")
	tests := []struct {
		name string
		in   io.Reader
		want string
	}{
		{"nothing", strings.NewReader(""), ""},
		{"no newline at the end", strings.NewReader("one\ntwo"), `1"one" 2"two" `},
		{"blank lines count and are left out", strings.NewReader("\n\none\r\n \t\ntwo\n\n"), `3"one" 5"two" `},
		{"a byte order mark", strings.NewReader("\xEF\xBB\xBFone\n"), `1"one" `},
		{"a malformed line is a line", strings.NewReader("{\"a\": 1}\n{\"a\"\n{}\n"), `1"{\"a\": 1}" 2"{\"a\"" 3"{}" `},
		{"a line of the limit", strings.NewReader("0123456789ab\r\nnext"), `1"0123456789ab" 2"next" `},
		{"a line over it", strings.NewReader("0123456789abc\nnext"), `1:too large 2"next" `},
		{"the last line over it", strings.NewReader("one\n0123456789abc"), `1"one" 2:too large `},
		{"a line over any buffer", strings.NewReader(strings.Repeat("x", 200<<10) + "\nnext"), `1:too large 2"next" `},
		{"reading fails", io.MultiReader(strings.NewReader("one\ntw"), iotest.ErrReader(broken)), `1"one" 2:the disk is gone `},
	}
	for _, test := range tests {
		var got strings.Builder
		for line, err := range lines(iotest.HalfReader(test.in), limit) {
			switch {
			case errors.Is(err, ErrTooLarge):
				fmt.Fprintf(&got, "%d:%v ", line.number, ErrTooLarge)
			case err != nil:
				fmt.Fprintf(&got, "%d:%v ", line.number, err)
			default:
				fmt.Fprintf(&got, "%d%q ", line.number, line.text)
			}
		}
		if got.String() != test.want {
			t.Errorf("%s: got %s, want %s", test.name, got.String(), test.want)
		}
	}
}

// FuzzLines holds lines to what the standard library says of the same text.
func FuzzLines(f *testing.F) {
	for _, seed := range []string{"", "one\ntwo", "\n\r\n \n{}\n", "\xEF\xBB\xBF{}\n", "0123456789abcdef\nx", "a\rb\n\x00"} {
		f.Add(seed, int64(10))
	}
	f.Fuzz(func(t *testing.T, in string, limit int64) {
		limit = max(limit, 0)
		var got []string
		for line, err := range lines(strings.NewReader(in), limit) {
			if err != nil {
				got = append(got, fmt.Sprintf("%d too large", line.number))
				continue
			}
			got = append(got, fmt.Sprintf("%d %q", line.number, line.text))
		}
		var want []string
		for i, s := range strings.Split(in, "\n") {
			long := int64(len(strings.TrimRight(s, "\r"))) > limit
			if i == 0 {
				s = strings.TrimPrefix(s, string(bom))
			}
			s = strings.TrimSpace(s)
			switch {
			case long:
				want = append(want, fmt.Sprintf("%d too large", i+1))
			case s != "":
				want = append(want, fmt.Sprintf("%d %q", i+1, s))
			}
		}
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	})
}

func BenchmarkLines(b *testing.B) {
	in := strings.Repeat(`{"title": "`+strings.Repeat("Ferry talks go on. ", 200)+"\"}\n", 500)
	b.SetBytes(int64(len(in)))
	b.ReportAllocs()
	for b.Loop() {
		for _, err := range lines(strings.NewReader(in), defaultLimit) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}
