package model

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
	"unsafe"
)

// Builder gathers the sections of one file of weights. What it writes depends
// only on what was added and in which order.
type Builder struct {
	Name  string // which model this is ("tag")
	About string // credit and licence of the weights, and how they were made

	dir  []section
	data [][]byte
}

// Add puts a tensor into b under name. An empty shape stands for one dimension.
func Add[T Number](b *Builder, name string, t Tensor[T]) {
	shape := t.Shape
	if len(shape) == 0 {
		shape = []int{len(t.Data)}
	}
	count := 1
	for _, n := range shape {
		count *= n
	}
	if count != len(t.Data) {
		panic(fmt.Sprintf("model: tensor %s: shape %v for %d numbers", name, shape, len(t.Data)))
	}
	var one T
	size := int(unsafe.Sizeof(one))
	var raw []byte
	if len(t.Data) > 0 {
		raw = slices.Clone(unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(t.Data))), len(t.Data)*size))
	}
	if !littleEndian {
		swap(raw, size)
	}
	scale := t.Scale
	if scale == 0 {
		scale = 1
	}
	b.add(section{Name: name, Type: typeName[T](), Shape: shape, Scale: scale}, raw)
}

// AddStrings puts a table of strings into b under name.
func (b *Builder) AddStrings(name string, table []string) {
	raw := make([]byte, 0, 4*(len(table)+1))
	at := 0
	for _, s := range table {
		raw = binary.LittleEndian.AppendUint32(raw, uint32(at))
		at += len(s)
	}
	raw = binary.LittleEndian.AppendUint32(raw, uint32(at))
	for _, s := range table {
		raw = append(raw, s...)
	}
	b.add(section{Name: name, Type: "strings", Shape: []int{len(table)}}, raw)
}

func (b *Builder) add(s section, raw []byte) {
	s.Length = len(raw)
	b.dir = append(b.dir, s)
	b.data = append(b.data, raw)
}

// Bytes is the whole file.
func (b *Builder) Bytes() ([]byte, error) {
	// The directory holds offsets, whose digits change its length: lay the
	// sections out behind a directory that is padded to a sure upper bound.
	dir := directory{Name: b.Name, About: b.About, Sections: slices.Clone(b.dir)}
	for i := range dir.Sections {
		dir.Sections[i].Offset = 1<<31 - 1
	}
	longest, err := json.Marshal(dir)
	if err != nil {
		return nil, fmt.Errorf("model: directory of %s: %w", b.Name, err)
	}
	at := up(start + len(longest))
	for i := range dir.Sections {
		dir.Sections[i].Offset = at
		at = up(at + dir.Sections[i].Length)
	}
	names, err := json.Marshal(dir)
	if err != nil {
		return nil, fmt.Errorf("model: directory of %s: %w", b.Name, err)
	}
	out := make([]byte, at)
	copy(out, magic)
	binary.LittleEndian.PutUint32(out[8:], version)
	binary.LittleEndian.PutUint32(out[16:], uint32(len(names)))
	copy(out[start:], names)
	for i, s := range dir.Sections {
		copy(out[s.Offset:], b.data[i])
	}
	binary.LittleEndian.PutUint32(out[12:], crc32.Checksum(out[16:], castagnoli))
	return out, nil
}

// WriteTo writes the whole file to w.
func (b *Builder) WriteTo(w io.Writer) (int64, error) {
	data, err := b.Bytes()
	if err != nil {
		return 0, err
	}
	n, err := w.Write(data)
	return int64(n), err
}

func up(n int) int { return (n + align - 1) / align * align }
