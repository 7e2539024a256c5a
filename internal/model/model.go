// Package model holds the trained weights and the form they are kept in. A
// file of weights comes in as bytes, almost always embedded in the binary;
// named tensors and string tables go out, as views of those bytes where the
// processor allows, so that loading costs a checksum and little else.
//
// MODELS.md beside this file records, for every file in weights/, the data and
// licences it was fitted on, the command and seed that made it, its scores and
// its size.
//
// # Format
//
// All numbers are little-endian.
//
//	0   8 bytes   "SYNOPTIC"
//	8   uint32    version of the format
//	12  uint32    CRC-32C (Castagnoli) of everything from byte 16 on
//	16  uint32    length of the directory
//	20  …         the directory, as JSON: name, about, sections
//	    …         the sections, each at a multiple of 64 bytes from byte 0
//
// A section is a tensor in row-major order, or a table of strings: their count
// n as uint32, n+1 offsets as uint32, and the bytes that the offsets cut up.
package model

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"unsafe"
)

const (
	magic   = "SYNOPTIC"
	version = 1
	start   = 20 // where the directory begins
	align   = 64 // sections begin at multiples of it
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Number is what a tensor may hold.
type Number interface {
	int8 | uint8 | int16 | uint16 | int32 | uint32 | float32
}

// Tensor is numbers in row-major order. The value that Data[i] stands for is
// Data[i] times Scale.
type Tensor[T Number] struct {
	Data  []T // read-only: it may lie in the binary's constant memory
	Shape []int
	Scale float32 // 0 is read as 1 when a tensor is written
}

// Model is one file of weights, checked and ready to be read. It is not safe
// for several goroutines until the last Read and Strings have returned.
type Model struct {
	dir  directory
	data string
	err  error
}

type directory struct {
	Name     string    `json:"name"`
	About    string    `json:"about"`
	Sections []section `json:"sections"`
}

type section struct {
	Name   string  `json:"name"`
	Type   string  `json:"type"`
	Shape  []int   `json:"shape"`
	Scale  float32 `json:"scale,omitempty"`
	Offset int     `json:"offset"`
	Length int     `json:"length"` // in bytes
}

// Parse checks the header, the checksum and the bounds of every section of
// data. It keeps data and copies none of it.
func Parse(data string) (*Model, error) {
	if len(data) < start || data[:len(magic)] != magic {
		return nil, errors.New("model: not a file of weights")
	}
	word := func(at int) uint32 { return binary.LittleEndian.Uint32([]byte(data[at : at+4])) }
	if v := word(8); v != version {
		return nil, fmt.Errorf("model: format %d, this engine reads %d", v, version)
	}
	if crc32.Checksum(bytesOf(data[16:]), castagnoli) != word(12) {
		return nil, errors.New("model: the checksum does not fit: the weights are damaged")
	}
	length := uint64(word(16))
	if length > uint64(len(data)-start) {
		return nil, errors.New("model: the directory runs past the end")
	}
	m := &Model{data: data}
	if err := json.Unmarshal(bytesOf(data[start:start+int(length)]), &m.dir); err != nil {
		return nil, fmt.Errorf("model: directory: %w", err)
	}
	for _, s := range m.dir.Sections {
		if s.Offset < start || s.Length < 0 || s.Offset > len(data)-s.Length {
			return nil, fmt.Errorf("model: %s: section %s lies outside of the file", m.dir.Name, s.Name)
		}
	}
	return m, nil
}

// Name says which model this is ("tag").
func (m *Model) Name() string { return m.dir.Name }

// About is the credit and licence of the weights, and how they were made.
func (m *Model) About() string { return m.dir.About }

// Err is the first thing that went wrong in Read or Strings, so that a reader
// of many sections asks once, at the end.
func (m *Model) Err() error { return m.err }

func (m *Model) fail(name, format string, args ...any) {
	if m.err == nil {
		m.err = fmt.Errorf("model: %s: section %s: %s", m.dir.Name, name, fmt.Sprintf(format, args...))
	}
}

func (m *Model) section(name, typ string) (section, bool) {
	for _, s := range m.dir.Sections {
		if s.Name != name {
			continue
		}
		if s.Type != typ {
			m.fail(name, "it holds %s, not %s", s.Type, typ)
			return section{}, false
		}
		return s, true
	}
	m.fail(name, "missing")
	return section{}, false
}

// Read is the tensor called name. Its shape must be the one given, where -1
// stands for any length; with no shape given, any will do. When the tensor is
// missing or of another type or shape the result is empty and Err tells.
func Read[T Number](m *Model, name string, shape ...int) Tensor[T] {
	s, ok := m.section(name, typeName[T]())
	if !ok {
		return Tensor[T]{}
	}
	var one T
	size := int(unsafe.Sizeof(one))
	count := 1
	for _, n := range s.Shape {
		if n < 0 || n > len(m.data) {
			m.fail(name, "shape %v", s.Shape)
			return Tensor[T]{}
		}
		count *= n
	}
	if count*size != s.Length {
		m.fail(name, "shape %v needs %d bytes, it has %d", s.Shape, count*size, s.Length)
		return Tensor[T]{}
	}
	fits := len(shape) == 0 || len(shape) == len(s.Shape)
	for i := 0; fits && i < len(shape); i++ {
		fits = shape[i] == -1 || shape[i] == s.Shape[i]
	}
	if !fits {
		m.fail(name, "its shape is %v, %v was expected", s.Shape, shape)
		return Tensor[T]{}
	}
	return Tensor[T]{Data: view[T](m.data[s.Offset:s.Offset+s.Length], count), Shape: s.Shape, Scale: s.Scale}
}

// Strings is the table of strings called name, empty with Err set when it is
// missing or not well formed.
func (m *Model) Strings(name string) Strings {
	s, ok := m.section(name, "strings")
	if !ok {
		return Strings{}
	}
	if len(s.Shape) != 1 || s.Shape[0] < 0 || s.Shape[0] > s.Length || s.Length < 4*(s.Shape[0]+1) {
		m.fail(name, "%d bytes cannot hold shape %v", s.Length, s.Shape)
		return Strings{}
	}
	data, n := m.data[s.Offset:s.Offset+s.Length], s.Shape[0]
	table := Strings{offsets: view[uint32](data[:4*(n+1)], n+1), bytes: data[4*(n+1):]}
	last := uint32(0)
	for _, o := range table.offsets {
		if o < last || int64(o) > int64(len(table.bytes)) {
			m.fail(name, "its offsets are out of order")
			return Strings{}
		}
		last = o
	}
	return table
}

// Strings is a table of strings that share one piece of memory.
type Strings struct {
	offsets []uint32
	bytes   string
}

// Len is the number of strings.
func (s Strings) Len() int { return max(len(s.offsets)-1, 0) }

// At is the string at index i.
func (s Strings) At(i int) string { return s.bytes[s.offsets[i]:s.offsets[i+1]] }

func bytesOf(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }

// littleEndian is whether this processor lays numbers out as the format does.
var littleEndian = func() bool {
	one := uint16(1)
	return *(*byte)(unsafe.Pointer(&one)) == 1
}()

// view is data as count numbers: in place where alignment and byte order allow,
// copied elsewhere (the linker promises no alignment for embedded files).
func view[T Number](data string, count int) []T {
	if count == 0 {
		return nil
	}
	var one T
	size := unsafe.Sizeof(one)
	from := unsafe.Pointer(unsafe.StringData(data))
	if size == 1 || littleEndian && uintptr(from)%size == 0 {
		return unsafe.Slice((*T)(from), count)
	}
	out := make([]T, count)
	to := unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(out))), len(data))
	copy(to, data)
	if !littleEndian {
		swap(to, int(size))
	}
	return out
}

// swap turns the byte order of every number of the given size.
func swap(b []byte, size int) {
	for ; len(b) >= size; b = b[size:] {
		for i, j := 0, size-1; i < j; i, j = i+1, j-1 {
			b[i], b[j] = b[j], b[i]
		}
	}
}

func typeName[T Number]() string {
	var one T
	return fmt.Sprintf("%T", one)
}
