// Package store is where what was read and found will be kept: articles with
// every version they had, analyses by engine version, stories, sources, jobs and
// alerts come in; the same go out again, by key, by time and by search. One
// interface, one suite of tests, a folder for each database below.
//
// Nothing is kept yet: the commands read their inputs anew each time.
package store
