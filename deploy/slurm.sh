#!/bin/sh
#SBATCH --job-name=beian-fleet
#SBATCH --array=1-64
#SBATCH --cpus-per-task=4
#SBATCH --mem=8G
#SBATCH --requeue
# A fleet as an array of Slurm: sbatch --export=ALL,FLEET=/shared/fleet deploy/slurm.sh.
# A task that is put back into the queue goes on behind its journal. Slurm runs a copy of
# this file, so the place of shard.sh is given by FLEET_DEPLOY (default: deploy below the
# folder in which sbatch was called).
export GOMAXPROCS="${SLURM_CPUS_PER_TASK:-1}"
exec sh "${FLEET_DEPLOY:-${SLURM_SUBMIT_DIR:-.}/deploy}/shard.sh"
