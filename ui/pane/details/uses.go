package details

import "vtscope/ui/pane"

// Uses are what keys do in the details.
var Uses = []pane.Use{
	{Action: pane.ActEnter, Short: "open", Help: "the value in full; fold or unfold"},
	{Action: pane.ActKeep, Short: "only it", Help: "only rows with this value"},
	{Action: pane.ActDrop, Short: "not it", Help: "no rows with this value"},
	{Action: pane.ActHide, Help: "hide this column in the log, or show it again"},
	{Action: pane.ActHex},
	{Action: pane.ActCopy, Short: "copy"},
	{Action: pane.ActBack, Short: "back", Help: "out of the value; close the details"},
}
