// Package insight counts what the incidents of a site have in common: how many
// there were when, how long their phases took, what set them off, what was
// involved, and what became of the actions.
//
// All of it is plain data of a list of incidents, worked out when it is asked for.
// Nothing is guessed: what is not recorded is counted as that, and what makes no
// sense is left out and counted too.
package insight
