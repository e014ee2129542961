# The commands that a person types most. CONTRIBUTING.md explains them.
.PHONY: build test check release-check

build:
	go build ./cmd/beian

test:
	go test ./...

check: # all that has to pass before a commit
	.ci/run

release-check: # everything of a release short of publishing it
	.ci/release
