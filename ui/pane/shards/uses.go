package shards

import "vtscope/ui/pane"

// Uses are what keys do among the shards.
var Uses = []pane.Use{
	{Action: pane.ActSearch, Short: "find", Help: "find a shard by a part of its name, or a keyspace ID in hex"},
	{Action: pane.ActOrder, Short: "order", Help: "order the shards: name, trouble, behind, lag, rate, age"},
	{Action: pane.ActReverse},
	{Action: pane.ActEnter, Short: "details", Help: "the shard in full: sets, copy, tablets; below it the stream"},
	{Action: pane.ActNext, Help: "the next shard that the search finds"},
	{Action: pane.ActPrevious, Help: "the one before"},
	{Action: pane.ActLeft, Help: "the shard to the left; on the heat map, too"},
	{Action: pane.ActRight, Help: "the shard to the right"},
	{Action: pane.ActFarLeft, Help: "a row up on the heat map"},
	{Action: pane.ActFarRight, Help: "a row down on the heat map"},
	{Action: pane.ActCopy, Short: "copy", Help: "copy: the position, what the primary has executed"},
}
