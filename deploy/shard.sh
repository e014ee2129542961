#!/bin/sh
# One shard of a fleet, on whatever engine runs it: it takes the number of the shard from
# the variables of the engine. Folder: FLEET (default /fleet), with list.jsonl.
set -eu
fleet=${FLEET:-/fleet}
if [ -n "${JOB_COMPLETION_INDEX:-}" ]; then # Kubernetes Indexed Job, from 0
  k=$((JOB_COMPLETION_INDEX + 1)) n=${SHARDS:?}
elif [ -n "${SLURM_ARRAY_TASK_ID:-}" ]; then # Slurm array, from SLURM_ARRAY_TASK_MIN
  k=$((SLURM_ARRAY_TASK_ID - SLURM_ARRAY_TASK_MIN + 1)) n=$SLURM_ARRAY_TASK_COUNT
elif [ -n "${CI_NODE_INDEX:-}" ]; then # GitLab parallel, from 1
  k=$CI_NODE_INDEX n=$CI_NODE_TOTAL
else # Argo, GitHub, Nomad and all others
  k=${SHARD:?which shard, from 1} n=${SHARDS:?how many shards}
fi
mkdir -p "$fleet/out" "$fleet/reports"
exec beian fleet --from "$fleet/list.jsonl" --shard "$k/$n" --output "$fleet/out/part-$k.jsonl" --reports "$fleet/reports"
