// Package deploy tests the examples for engines that run many jobs. It is a module of its
// own, so that the types of Kubernetes are no dependency of the tool.
package deploy

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	batch "k8s.io/api/batch/v1"
	core "k8s.io/api/core/v1"
	"sigs.k8s.io/yaml"
)

// strict reads a manifest into the type of the API; a field that the type lacks is an error.
func strict(t *testing.T, file string, into any) {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	require.NoError(t, yaml.UnmarshalStrict(text, into), file)
}

func TestKubernetesJob(t *testing.T) {
	var job batch.Job
	strict(t, "kubernetes-job.yaml", &job)
	require.Equal(t, batch.IndexedCompletion, *job.Spec.CompletionMode)
	container := job.Spec.Template.Spec.Containers[0]
	require.Equal(t, fmt.Sprint(*job.Spec.Completions), container.Env[0].Value, "each index has its shard")
	require.Equal(t, *container.Resources.Limits.Memory(), container.Resources.Limits[core.ResourceMemory])
	require.Equal(t, container.VolumeMounts[0].Name, job.Spec.Template.Spec.Volumes[0].Name)
}

// workflow is the part of Argo's Workflow (argoproj.io/v1alpha1) that the example uses. The
// module with its types is not published on every mirror, so its own fields are listed here;
// containers and volumes are those of Kubernetes.
type workflow struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	Metadata   struct {
		GenerateName string `json:"generateName"`
	} `json:"metadata"`
	Spec struct {
		Entrypoint string        `json:"entrypoint"`
		Arguments  arguments     `json:"arguments"`
		Volumes    []core.Volume `json:"volumes"`
		Templates  []struct {
			Name   string    `json:"name"`
			Inputs arguments `json:"inputs"`
			Steps  [][]struct {
				Name         string    `json:"name"`
				Template     string    `json:"template"`
				Arguments    arguments `json:"arguments"`
				WithSequence *struct {
					Start string `json:"start"`
					End   string `json:"end"`
				} `json:"withSequence"`
				ContinueOn *struct {
					Failed bool `json:"failed"`
				} `json:"continueOn"`
			} `json:"steps"`
			RetryStrategy *struct {
				Limit      string `json:"limit"`
				Expression string `json:"expression"`
			} `json:"retryStrategy"`
			Container *core.Container `json:"container"`
		} `json:"templates"`
	} `json:"spec"`
}

type arguments struct {
	Parameters []struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	} `json:"parameters"`
}

func TestArgoWorkflow(t *testing.T) {
	var w workflow
	strict(t, "argo-workflow.yaml", &w)
	templates := map[string]bool{}
	for _, template := range w.Spec.Templates {
		templates[template.Name] = true
	}
	require.True(t, templates[w.Spec.Entrypoint])
	for _, step := range w.Spec.Templates[0].Steps {
		require.True(t, templates[step[0].Template])
	}
}

// TestShards runs shard.sh as each engine would, with the variables that it sets, and joins
// the parts: they are the whole.
func TestShards(t *testing.T) {
	bin := t.TempDir()
	build := exec.Command("go", "build", "-o", filepath.Join(bin, "beian"), "./cmd/beian")
	build.Dir = ".."
	said, err := build.CombinedOutput()
	require.NoError(t, err, "%s", said)
	fixtures, err := filepath.Abs("../fixtures/projects")
	require.NoError(t, err)
	names, err := os.ReadDir(fixtures)
	require.NoError(t, err)
	var list strings.Builder
	for _, name := range names {
		fmt.Fprintf(&list, "{\"name\": %q, \"path\": %q}\n", name.Name(), filepath.Join(fixtures, name.Name()))
	}
	const shards = 3
	var want string
	for engine, variables := range map[string]func(k int) []string{
		"kubernetes": func(k int) []string {
			return []string{fmt.Sprint("JOB_COMPLETION_INDEX=", k-1), fmt.Sprint("SHARDS=", shards)}
		},
		"slurm": func(k int) []string {
			return []string{fmt.Sprint("SLURM_ARRAY_TASK_ID=", k+9), "SLURM_ARRAY_TASK_MIN=10", fmt.Sprint("SLURM_ARRAY_TASK_COUNT=", shards), "SLURM_CPUS_PER_TASK=2", "FLEET_DEPLOY=."}
		},
		"gitlab": func(k int) []string {
			return []string{fmt.Sprint("CI_NODE_INDEX=", k), fmt.Sprint("CI_NODE_TOTAL=", shards)}
		},
		"argo, github, nomad": func(k int) []string { return []string{fmt.Sprint("SHARD=", k), fmt.Sprint("SHARDS=", shards)} },
	} {
		t.Run(engine, func(t *testing.T) {
			fleet := t.TempDir()
			require.NoError(t, os.WriteFile(filepath.Join(fleet, "list.jsonl"), []byte(list.String()), 0o666))
			script := map[string]string{"slurm": "slurm.sh"}[engine]
			if script == "" {
				script = "shard.sh"
			}
			parts := []string{"merge", "--lines", filepath.Join(fleet, "all.jsonl")}
			for k := 1; k <= shards; k++ {
				cmd := exec.Command("sh", script)
				cmd.Env = append([]string{"PATH=" + bin + ":" + os.Getenv("PATH"), "HOME=" + fleet, "FLEET=" + fleet}, variables(k)...)
				said, err := cmd.CombinedOutput()
				require.NoError(t, err, "%s", said)
				parts = append(parts, filepath.Join(fleet, "out", fmt.Sprintf("part-%d.jsonl", k)))
			}
			said, err := exec.Command(filepath.Join(bin, "beian"), parts...).CombinedOutput()
			require.NoError(t, err, "%s", said)
			all, err := os.ReadFile(filepath.Join(fleet, "all.jsonl"))
			require.NoError(t, err)
			require.Equal(t, len(names), strings.Count(string(all), "\n"))
			if want == "" {
				want = string(all)
			}
			require.Equal(t, want, string(all), "the same, whatever the engine")
		})
	}
}

// The examples for CI name steps that exist.
func TestMatrices(t *testing.T) {
	var github struct {
		Jobs map[string]struct {
			Strategy struct{ Matrix struct{ Shard []int } }
			Steps    []struct{ Run string }
		}
	}
	text, err := os.ReadFile("github.yml")
	require.NoError(t, err)
	require.NoError(t, yaml.Unmarshal(text, &github))
	shards := github.Jobs["shard"].Strategy.Matrix.Shard
	for i, k := range shards {
		require.Equal(t, i+1, k)
	}
	require.NotEmpty(t, shards)
	var gitlab map[string]any
	text, err = os.ReadFile("gitlab.yml")
	require.NoError(t, err)
	require.NoError(t, yaml.UnmarshalStrict(text, &gitlab))
	require.EqualValues(t, 8, gitlab["shard"].(map[string]any)["parallel"])
}
