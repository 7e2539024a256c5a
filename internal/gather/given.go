package gather

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"net/url"
)

// Unpack takes apart what somebody has given, a file that was dropped or a text
// that was pasted, as Read takes apart what it has read: records that stand one
// a line are documents of their own. The name tells the kind where none is
// given. A limit of 0 is the default of a Gatherer.
func Unpack(d Document, limit int64) iter.Seq2[Document, error] {
	d.Type = cmp.Or(d.Type, typeByEnding(d.Place))
	return takeApart(d, cmp.Or(limit, defaultLimit))
}

// CheckAddress says why an address cannot be asked for.
func CheckAddress(address string) error {
	u, err := url.Parse(address)
	if err != nil {
		var syntax *url.Error
		if errors.As(err, &syntax) {
			err = syntax.Err
		}
		return fmt.Errorf("not an address: %w", err)
	}
	return checkAddress(u)
}
