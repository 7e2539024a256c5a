package warc

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"

	"github.com/klauspost/compress/zstd"
)

// Frames of a file that is compressed with zstd. The first may hold the
// dictionary for the others (IIPC, WARC compression with Zstandard, 1.0).
var (
	zstdMagic       = []byte{0x28, 0xb5, 0x2f, 0xfd}
	dictionaryMagic = []byte{0x5d, 0x2a, 0x4d, 0x18}
)

const (
	mostDictionary = 16 << 20
	mostWindow     = 128 << 20
)

var errDictionary = errors.New("the dictionary of the file is damaged")

func isZstd(head []byte) bool {
	return bytes.HasPrefix(head, zstdMagic) || bytes.HasPrefix(head, dictionaryMagic)
}

// openStream begins to unpack a file that is compressed with zstd. Its frames
// are not looked for: a later run unpacks again what comes before.
func (r *Reader) openStream() error {
	options := []zstd.DOption{zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(mostWindow)} // no goroutines
	head, _ := r.file.Peek(8)                                                                        // what is there is enough
	if len(head) == 8 && bytes.HasPrefix(head, dictionaryMagic) {
		size := int64(binary.LittleEndian.Uint32(head[4:]))
		if err := r.skip(len(head)); err != nil {
			return err
		}
		dictionary, err := io.ReadAll(io.LimitReader(r.file, min(size, mostDictionary)))
		if err != nil {
			return err
		}
		if int64(len(dictionary)) < size {
			return errDictionary
		}
		if bytes.HasPrefix(dictionary, zstdMagic) {
			d, err := zstd.NewReader(bytes.NewReader(dictionary), options...)
			if err != nil {
				return err
			}
			dictionary, err = io.ReadAll(io.LimitReader(d, mostDictionary))
			d.Close()
			if err != nil {
				return errDictionary
			}
		}
		options = append(options, zstd.WithDecoderDicts(dictionary))
	}
	d, err := zstd.NewReader(r.file, options...)
	if err != nil {
		return err
	}
	r.unpackFrom(d)
	return nil
}
