module github.com/beian/beian

go 1.26.0
