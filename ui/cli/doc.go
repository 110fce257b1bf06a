// Package cli is the command line: it reads the flags, puts source, store and
// screen or printer together, starts the one goroutine that reads the stream and
// waits for it, and turns errors into exit codes. It is the only package that
// knows concrete sources.
//
// # Data path
//
//	arguments ─► flags ─► job ─► run ─► pipeline ─► exit code
//
// Flags are what was typed. A job is what they ask for, checked as far as that
// goes without a VTGate; nothing changes it afterwards. A run is a job with a
// client, a plan and the progress. A pipeline is the run's stream, whose sink is
// built of decorators; records flow from right to left:
//
//	store of the screen, or printer ◄─ filterNotices ◄─ notices ◄─ positionFile ◄─ until ◄─ recording
//
// # Ownership
//
// In a pipe the stream runs on the run's goroutine; on the screen it has its
// own. Beside it the watch and the keeper of the position file have theirs. All are
// waited for. What is said of the run goes to standard error through messages,
// whose goroutine no reader can hold up.
//
// # File map
//
//	run.go           Run, and a run's way from the job to its end
//	flags.go         the flags as they are typed; help.go prints them
//	job.go           what they ask for; picking.go, what is chosen on the screen in its place
//	output.go        -o and --events against the table of formats
//	positions.go     the flags that hold a position
//	terminal.go      what can be shown on standard output
//	signal.go        the signals that end a run
//	exit.go          exit codes
//	screen.go        a run on the screen; inquirer.go answers its questions
//	print.go         a run as lines
//	pipeline.go      the stream, its sinks, and what goes on beside it
//	recording.go     --record: the writer's goroutine, and its files; screenrecorder.go, the same by a key
//	replaying.go     --replay: a capture in the client's place; answers.go, what was asked beside it;
//	                 capturenames.go, what it does not have
//	reporting.go     --summary; othercapture.go, --against
//	until.go         the sink that ends a run at a point
//	saveposition.go  the sink that keeps the position in a file
//	notices.go       the sink that tells of the stream's states
//	filternotices.go the sink that tells what keeps a filter from matching
//	standing.go      tells of shards that have stalled or are ahead
//	problems.go      tells what the stream could not use
//	messages.go      standard error: safe, short, and never waited for
//	resumeword.go    the position of the closing line
//	verdict.go       --check-position
//	hints.go         words such as help that other programs take for commands
//	defect.go        panics, as errors
//	shelf.go         where a replay keeps what is too much for memory
//	memory.go        the limit of the garbage collector; usage.go, what the process takes
//	screenfile.go    a terminal that goes away
//	config.go        the file with settings; settings.go reads it, printconfig.go prints it
//	userfiles.go     where that file is, and the program's own
//	theme.go         --theme; completion.go, scripts for shells, completewords.go, what those ask for
package cli
