//go:build tools

// Keeps `go mod tidy` from dropping the one package that is built: the Pulumi CLI itself.
package tools

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
