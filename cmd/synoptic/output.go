package main

import (
	"io"
	"os"
)

// into calls write with the file at path, made anew, or with out where path is
// "". What goes wrong when the file is closed is told too.
func into(path string, out io.Writer, write func(io.Writer) error) error {
	if path == "" {
		return write(out)
	}
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	err = write(file)
	if closed := file.Close(); err == nil {
		err = closed
	}
	return err
}
