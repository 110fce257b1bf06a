package vtgate

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"

	vtgatepb "vitess.io/vitess/go/vt/proto/vtgate"
	"vitess.io/vitess/go/vt/proto/vtgateservice"
	"vitess.io/vitess/go/vt/proto/vtrpc"

	"vtscope/stream"
)

// errEnded is a stream that ended without an error and without being asked to,
// as a VTGate that shuts down may do.
var errEnded = fmt.Errorf("VTGate ended the stream: %w", io.ErrUnexpectedEOF)

// errPosition is a position that no tablet can stream from any more.
var errPosition = errors.New("the position cannot be used")

// callerID names the program in VTGate's and the tablets' logs.
func callerID() *vtrpc.CallerID { return &vtrpc.CallerID{Component: "vtscope"} }

// A source opens streams of one request.
type source struct {
	client  *Client
	request *vtgatepb.VStreamRequest
	// tables are those that the stream takes, nil where they are not known.
	tables []string
	// naming says that a copy has to name its tables: the tablet has others.
	naming bool
	// suspect says that the last error may hide that the position cannot be
	// used, which VTGate does not say.
	suspect bool
}

// Open starts a stream at from. Its error may come from the first Recv
// instead: gRPC waits for nothing when it sends a request.
func (s *source) Open(ctx context.Context, from stream.Position) (stream.Receiver, error) {
	s.client.reconnect(ctx)
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	if err := s.recheck(ctx, from); err != nil {
		return nil, err
	}
	request := proto.CloneOf(s.request)
	request.Vgtid = from.VGtid()
	request.Flags.TablesToCopy = s.tablesToCopy(from)
	// The call gets the end of ctx but not its deadline: gRPC would tell the
	// server of it, whose own error then overtakes the cause.
	call, cancel := context.WithCancel(context.WithoutCancel(s.client.outgoing(ctx)))
	stop := context.AfterFunc(ctx, cancel)
	vstream, err := s.client.vitess.VStream(call, request, grpc.ForceCodecV2(rawCodec{}))
	ended := func(err error) error { return contextCause(ctx, err) }
	if err != nil {
		stop()
		cancel()
		return nil, ended(err)
	}
	return &receiver{
		vstream: vstream,
		cancel:  func() { stop(); cancel() },
		ended:   ended,
		mayEnd:  request.Flags.StopOnReshard,
	}, nil
}

// Classify says what an error of the stream means, as Classify does.
func (s *source) Classify(err error) *stream.Failure {
	s.suspect = hidesPosition(err)
	return Classify(err)
}

// recheck compares a position again with what the shards have, after an error
// that may come from it. A position that cannot be used ends the run, with the
// reason that VTGate keeps to itself.
func (s *source) recheck(ctx context.Context, from stream.Position) error {
	if !s.suspect || s.client.options.NoQueries {
		return nil
	}
	s.suspect = false
	verdicts, err := s.client.Verdicts(ctx, from, s.request.TabletType)
	if err != nil {
		return nil //nolint:nilerr // the stream's own error says more
	}
	for _, v := range verdicts {
		if !v.OK {
			return &stream.Failure{Keyspace: v.Keyspace, Shard: v.Shard, Cause: v.Reason, Err: errPosition}
		}
	}
	return nil
}

// A receiver is one call of VStream.
type receiver struct {
	vstream vtgateservice.Vitess_VStreamClient
	cancel  func()
	// ended replaces an error by the cause of the caller's own end, where that
	// came first. The call's context tells nothing: gRPC ends it with the call.
	ended   func(error) error
	message rawMessage
	// mayEnd says that the other side was asked to end the stream by itself.
	mayEnd bool
}

// Recv waits for the next message. Its frame is valid until the next call or
// Close. The end of the context is returned as the context's cause.
func (r *receiver) Recv() (stream.Frame, error) {
	err := r.vstream.RecvMsg(&r.message)
	if err == nil {
		return stream.Frame{Arrived: time.Now(), Bytes: r.message.bytes}, nil
	}
	if errors.Is(err, io.EOF) && !r.mayEnd {
		err = errEnded
	}
	return stream.Frame{}, r.ended(err)
}

// Close ends the call and gives its buffer back.
func (r *receiver) Close() error {
	r.cancel()
	r.message.free()
	return nil
}

// contextCause replaces an error that the end of ctx made by the cause of that
// end. A server's own CANCELED stays what it is.
func contextCause(ctx context.Context, err error) error {
	if ctx.Err() != nil && !errors.Is(err, io.EOF) {
		return context.Cause(ctx)
	}
	return err
}
