// Package cputime tells how much processor time the process has taken.
package cputime
