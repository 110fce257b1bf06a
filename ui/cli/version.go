package cli

import "runtime/debug"

// release is set by the linker in released binaries.
var release = ""

// version is the released version, or what the build knows of the module.
func version() string {
	if release != "" {
		return release
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}
