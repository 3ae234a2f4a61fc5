//go:build !unix

package main

import (
	"errors"
	"os"
	"time"
)

// usage is not known on this system, and neither is peak.
func usage() (time.Duration, error) { return 0, errors.ErrUnsupported }

func peak(*os.ProcessState) int64 { return 0 }
