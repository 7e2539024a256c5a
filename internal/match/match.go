// Package match says whether two passages make the same claim. Sentences of
// analysed articles come in as a [Collection], which weighs their words by how
// rare they are; for a passage those that could say the same go out, and for
// two passages the numbers that tell, and a probability that they do.
//
// The numbers name no words (see [Features]): how much of either passage is
// found in the other, by stem, by sense and by spelling; which pairs of
// neighbouring words they share; names, numbers, negation, place and length.
// Boosted trees turn them into a probability. docs/points.md has the method,
// its sources and its figures.
package match
