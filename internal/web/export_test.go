package web

// Pace is the least time between two looks at the journal.
const Pace = pace
