package main

import (
	"time"

	"synoptic/internal/newsroom"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// measure registers what a newsroom counts, and what the process uses.
func measure(registry *prometheus.Registry, n *newsroom.Counts) {
	counter := func(name, help string, read interface{ Load() int64 }) {
		registry.MustRegister(prometheus.NewCounterFunc(
			prometheus.CounterOpts{Namespace: "synoptic", Name: name, Help: help},
			func() float64 { return float64(read.Load()) },
		))
	}
	counter("articles_total", "Articles that were new.", &n.Articles)
	counter("versions_total", "New versions of articles that were known.", &n.Versions)
	counter("unchanged_total", "Articles that were read and had not changed.", &n.Unchanged)
	counter("problems_total", "Documents that could not be read.", &n.Problems)
	counter("fetches_total", "Requests for sources and pages.", &n.Fetches)
	counter("fetch_failures_total", "Requests that failed.", &n.Failures)
	counter("digests_total", "Stories that were laid side by side anew.", &n.Digests)
	for stage, spent := range map[string]*newsroom.Stopwatch{
		"reading": &n.Reading, "analysing": &n.Analysing, "grouping": &n.Grouping, "storing": &n.Storing,
	} {
		registry.MustRegister(prometheus.NewCounterFunc(
			prometheus.CounterOpts{
				Namespace: "synoptic", Name: "stage_seconds_total", Help: "Time spent in each stage, summed over workers.",
				ConstLabels: prometheus.Labels{"stage": stage},
			},
			func() float64 { return time.Duration(spent.Load()).Seconds() },
		))
	}
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
}
