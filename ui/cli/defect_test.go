package cli

import (
	"context"
	"errors"
	"strings"
	"testing"
)

// TestDefectsBesideTheStream end the run as any error does.
func TestDefectsBesideTheStream(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	guarded(cancel, func() { panic("planted") })()
	var broken *defectError
	if err := context.Cause(ctx); !errors.As(err, &broken) || !strings.Contains(err.Error(), "planted") || exitCode(err) != exitEnded {
		t.Errorf("ends with %v", err)
	}
}
