// Command train fits the weights in internal/model/weights from corpora.
//
//	train token|words|gazetteer|tag|lemma|names|parse|attribution|rarity|match|group [flags]
//
// Each model is a file of this package and a subcommand; -h lists its flags.
// The same data, flags and seed give the same bytes. internal/model/MODELS.md
// records how the weights that are embedded were made.
package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// commands are the models that can be fitted.
var commands = map[string]func(args []string, log io.Writer) error{
	"token":       trainToken,
	"words":       trainWords,
	"tag":         trainTag,
	"lemma":       trainLemma,
	"gazetteer":   trainGazetteer,
	"names":       trainNames,
	"parse":       trainParse,
	"attribution": trainAttribution,
	"rarity":      trainRarity,
	"match":       trainMatch,
	"group":       trainGroup,
}

func main() {
	if err := run(os.Args[1:], os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(args []string, log io.Writer) error {
	if len(args) > 0 {
		if fit := commands[args[0]]; fit != nil {
			return fit(args[1:], log)
		}
	}
	var names []string
	for name := range commands {
		names = append(names, name)
	}
	slices.Sort(names)
	return fmt.Errorf("usage: train %s [flags]", strings.Join(names, "|"))
}
