//go:build tools

// Keeps `go mod tidy` from dropping the one package that is built: the Node.js language host.
package tools

import _ "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs"
