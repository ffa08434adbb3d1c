// Judges a Dockerfile with BuildKit's own code: its frontend says what a build would fetch, its policy engine whether it may.
// BuildKit does the same in a real build; what is left out is fetching. Arguments: source policy, Dockerfile, and
// optionally an ONBUILD instruction of every base image. Prints each source that is refused, or the foreign frontend.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/moby/buildkit/client/llb"
	"github.com/moby/buildkit/client/llb/sourceresolver"
	"github.com/moby/buildkit/frontend/dockerfile/dockerfile2llb"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"github.com/moby/buildkit/solver/pb"
	"github.com/moby/buildkit/sourcepolicy"
	spb "github.com/moby/buildkit/sourcepolicy/pb"
	"github.com/opencontainers/go-digest"
)

// A registry that has every image. BuildKit asks the policy before it asks a registry, and so does this.
type registry struct {
	engine  *sourcepolicy.Engine
	onbuild []string
}

func (r registry) ResolveImageConfig(ctx context.Context, ref string, _ sourceresolver.Opt) (string, digest.Digest, []byte, error) {
	if _, err := r.engine.Evaluate(ctx, &pb.SourceOp{Identifier: "docker-image://" + ref}); err != nil {
		return "", "", nil, refusal{err}
	}
	config := map[string]any{"architecture": "amd64", "os": "linux", "config": map[string]any{"OnBuild": r.onbuild}}
	text, err := json.Marshal(config)
	return ref, digest.FromBytes(text), text, err
}

type refusal struct{ error }

func main() {
	refused, err := judge(os.Args[1], os.Args[2], os.Args[3:])
	if err != nil {
		fmt.Println("error:", err)
		os.Exit(2)
	}
	for _, line := range refused {
		fmt.Println(line)
	}
	if len(refused) > 0 {
		os.Exit(1)
	}
}

func judge(policyFile, dockerfile string, onbuild []string) ([]string, error) {
	text, err := os.ReadFile(policyFile)
	if err != nil {
		return nil, err
	}
	policy := &spb.Policy{}
	if err := json.Unmarshal(text, policy); err != nil {
		return nil, err
	}
	source, err := os.ReadFile(dockerfile)
	if err != nil {
		return nil, err
	}
	if frontend, _, _, found := parser.DetectSyntax(source); found {
		return []string{"frontend " + frontend}, nil
	}
	ctx := context.Background()
	engine := sourcepolicy.NewEngine([]*spb.Policy{policy})
	var resolver llb.ImageMetaResolver = registry{engine: engine, onbuild: onbuild}
	result, err := dockerfile2llb.Dockerfile2LLB(ctx, source, dockerfile2llb.ConvertOpt{MetaResolver: resolver})
	var denied refusal
	if errors.As(err, &denied) {
		return []string{denied.Error()}, nil
	}
	if err != nil {
		return nil, err
	}
	definition, err := result.State.Marshal(ctx, llb.LinuxAmd64)
	if err != nil {
		return nil, err
	}
	var refused []string
	for _, raw := range definition.Def {
		op := &pb.Op{}
		if err := op.Unmarshal(raw); err != nil {
			return nil, err
		}
		if source := op.GetSource(); source != nil {
			if _, err := engine.Evaluate(ctx, source); err != nil {
				refused = append(refused, err.Error())
			}
		}
	}
	return refused, nil
}
