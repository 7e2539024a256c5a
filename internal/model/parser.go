package model

import _ "embed"

//go:embed weights/parse.model
var parser string

// Parser is the weights of the dependency parser.
func Parser() (*Model, error) { return Parse(parser) }
