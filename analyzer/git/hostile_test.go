package git

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// armed returns a repository of two commits whose settings name a program wherever git
// takes one, and the file that the program makes.
func armed(t *testing.T) (r *Repository, mark string) {
	if runtime.GOOS == "windows" {
		t.Skip("the program is a shell script")
	}
	r = repository(t, map[string]string{"app.json": "{}", "a.js": "Page({})\n", ".gitattributes": "* filter=evil diff=evil merge=evil\n"}, nil)
	git(t, r, "commit", "-qm", "first")
	require.NoError(t, os.WriteFile(filepath.Join(r.Top, "a.js"), []byte("Page([])\n"), 0o666))
	git(t, r, "add", "-A")
	git(t, r, "commit", "-qm", "second")
	git(t, r, "remote", "add", "origin", "ext::sh -c %S")
	mark = filepath.Join(t.TempDir(), "ran")
	program := filepath.Join(t.TempDir(), "program")
	require.NoError(t, os.WriteFile(program, fmt.Appendf(nil, "#!/bin/sh\necho \"$0 $*\" >>'%s'\ncat\n", mark), 0o777))
	settings := map[string]string{
		"core.fsmonitor": program, "core.pager": program, "core.editor": program, "core.sshCommand": program, "core.askPass": program,
		"core.gitProxy": program, "core.alternateRefsCommand": program, "core.hooksPath": filepath.Dir(program),
		"filter.evil.clean": program, "filter.evil.smudge": program, "filter.evil.process": program, "filter.evil.required": "true",
		"diff.external": program, "diff.evil.textconv": program, "diff.evil.command": program, "merge.evil.driver": program,
		"credential.helper": "!" + program, "gpg.program": program, "log.showSignature": "true", "sequence.editor": program,
		"alias.rev-parse": "!" + program, "alias.cat-file": "!" + program, "submodule.recurse": "true", "fetch.recurseSubmodules": "true",
		"protocol.allow": "always", "protocol.ext.allow": "always", "core.repositoryFormatVersion": "1",
		"extensions.partialClone": "origin", "remote.origin.promisor": "true", "remote.origin.url": "ext::" + program, "remote.origin.uploadpack": program,
	}
	for name, value := range settings {
		git(t, r, "config", name, value)
	}
	hooks, _, err := r.Hooks(context.Background())
	require.NoError(t, err)
	for _, dir := range []string{hooks, filepath.Join(r.Top, ".git", "hooks")} {
		require.NoError(t, os.MkdirAll(dir, 0o777))
		for _, name := range []string{"post-index-change", "fsmonitor-watchman", "reference-transaction"} {
			require.NoError(t, os.WriteFile(filepath.Join(dir, name), fmt.Appendf(nil, "#!/bin/sh\necho %s >>'%s'\n", name, mark), 0o777))
		}
	}
	// Git would compare the contents of a file that may have changed after the index was written.
	require.NoError(t, os.Chtimes(filepath.Join(r.Top, ".git", "index"), time.Unix(1e9, 0), time.Unix(1e9, 0)))
	os.Remove(mark)
	return r, mark
}

// Whatever a repository has in its settings, nothing of it is run, also by a git that
// does not know GIT_NO_LAZY_FETCH (before 2.45).
func TestNothingOfTheRepositoryRuns(t *testing.T) {
	ctx := context.Background()
	for _, old := range []bool{false, true} {
		t.Run(fmt.Sprintf("old %v", old), func(t *testing.T) {
			r, mark := armed(t)
			if old {
				r.env = slices.DeleteFunc(r.env, func(v string) bool { return strings.HasPrefix(v, "GIT_NO_LAZY_FETCH") })
			}
			head, err := r.Head(ctx)
			require.NoError(t, err)
			first, err := r.Resolve(ctx, "HEAD~1")
			require.NoError(t, err)
			state, err := r.State(ctx, ".")
			require.NoError(t, err)
			require.Equal(t, head[:len(state.Commit)], state.Commit)
			_, err = r.Merging(ctx)
			require.NoError(t, err)
			changed, err := r.Changed(ctx, first)
			require.NoError(t, err)
			require.Equal(t, []string{"a.js"}, changed)
			_, ok := r.Staged(ctx, "a.js")
			require.True(t, ok)
			r.Origin(ctx)
			_, err = r.MergeBase(ctx, first)
			require.NoError(t, err)
			_, err = r.Renamed(ctx, first)
			require.NoError(t, err)
			for _, open := range []func() (*Tree, error){
				func() (*Tree, error) { return r.Index(ctx, ".") },
				func() (*Tree, error) { return r.Commit(ctx, first, ".") },
			} {
				tree, err := open()
				require.NoError(t, err)
				_, err = tree.ReadFile("a.js")
				require.NoError(t, err)
				require.NoError(t, tree.Close())
			}
			// An object that is not there would be fetched.
			blob, err := r.run(ctx, nil, "rev-parse", first+":a.js")
			require.NoError(t, err)
			object := strings.TrimSpace(string(blob))
			require.NoError(t, os.Remove(filepath.Join(r.Top, ".git", "objects", object[:2], object[2:])))
			tree, err := r.Commit(ctx, first, ".")
			if err == nil {
				_, err = tree.ReadFile("a.js")
				tree.Close()
			}
			require.Error(t, err)
			ran, _ := os.ReadFile(mark)
			require.Empty(t, string(ran))
		})
	}
}

// A file that is too large, and a link whose target is, do not fill the memory.
func TestLargeBlobs(t *testing.T) {
	r := repository(t, map[string]string{"a.js": "a", "big.json": ""}, nil)
	require.NoError(t, os.Truncate(filepath.Join(r.Top, "big.json"), maxBlob+1))
	git(t, r, "add", "-A")
	tree, err := r.Index(context.Background(), ".")
	require.NoError(t, err)
	defer tree.Close()
	_, err = tree.ReadFile("big.json")
	require.ErrorIs(t, err, errTooLarge)
	text, err := tree.ReadFile("a.js")
	require.NoError(t, err, "the process goes on")
	require.Equal(t, "a", string(text))
	_, ok := r.Staged(context.Background(), "big.json")
	require.False(t, ok)
}
