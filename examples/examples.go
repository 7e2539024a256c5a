// Package examples holds invented accounts of invented events, to try the
// program on.
package examples

import "embed"

// FerryTalks is six accounts of one event, below the folder ferry-talks.
//
//go:embed ferry-talks
var FerryTalks embed.FS
