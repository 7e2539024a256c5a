// Package web is where the pages, the API and the feeds of a running Synoptic
// will be served from: requests come in; pages, JSON and feeds go out. It will
// declare the small interface that it reads, which the engine satisfies.
//
// Nothing is served yet: internal/report writes the page of a story to a file.
package web
