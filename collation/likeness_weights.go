package collation

// weights of the parts: logistic regression over the pairs of cells of the
// three development stories and the example, on none of their words. That of
// lists is set by hand: they are too rare to be fitted.
var weights = [likenesses]float64{
	lContext: 1.95, lSentence: 1.51, lNames: 0.18, lHead: -0.55, lOther: -2.09, lEqual: 2.20,
	lTelling: 0.88, lFits: -1.69, lApart: -3.06, lAge: -1.86, lFate: 0.43, lOtherFate: 0.04,
	lYear: -0.52, lOtherYear: -1.75, lClose: 1.41, lBound: 1.63, lMate: 1.18, lRare: -0.48,
	lContextEqual: 3.69, lContextApart: -1.47, lContextFits: -0.86, lAgeEqual: 5.26, lFateEqual: 0.41, lFateUnequal: -0.13,
	lOtherFateEqual: -0.68, lVeryClose: 3.20, lOtherYearEqual: 1.00, lMateApart: -0.16, lRareApart: -1.95, lSentenceApart: -2.12,
	lBoundApart: 1.17, lFateClose: 5.02, lSentenceClose: 6.27, lAgreeClose: 1.88,
	lList: 8,
}

// likely is what the weighted parts must come to for one row.
const likely = 2.93
