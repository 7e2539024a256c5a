package text

import "unicode/utf8"

// stride is how many bytes lie between two remembered counts of CodePoints.
const stride = 256

// CodePoints converts byte offsets of one text to counts of Unicode code
// points, the unit of offsets outside Go. The zero value serves the empty text.
type CodePoints struct {
	body  string
	marks []int // marks[i] is how many code points begin before byte i*stride
}

// NewCodePoints reads body once; each later question costs at most one stride.
func NewCodePoints(body string) *CodePoints {
	c := &CodePoints{body: body, marks: make([]int, 0, len(body)/stride+1)}
	n := 0
	for i := range len(body) {
		if i%stride == 0 {
			c.marks = append(c.marks, n)
		}
		if utf8.RuneStart(body[i]) {
			n++
		}
	}
	return c
}

// At counts the code points before the byte at offset, which must be the edge
// of a rune of the text.
func (c *CodePoints) At(offset int) int {
	mark := min(offset/stride, len(c.marks)-1)
	if mark < 0 {
		return 0
	}
	n := c.marks[mark]
	for i := mark * stride; i < offset; i++ {
		if utf8.RuneStart(c.body[i]) {
			n++
		}
	}
	return n
}

// Span converts both ends of s.
func (c *CodePoints) Span(s Span) (start, end int) {
	start = c.At(s.Start)
	if s.Len() < stride {
		return start, start + utf8.RuneCountInString(s.Of(c.body))
	}
	return start, c.At(s.End)
}
