package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/beian/beian/analyzer/config"
)

// initialise is the command init: it writes a beian.yaml with every setting
// commented out, and offers the hook.
func (c *command) initialise() *cobra.Command {
	var withHook bool
	cmd := &cobra.Command{
		Use:   "init [DIR]",
		Short: c.say("写一份带说明的 beian.yaml", "write a beian.yaml with explanations"),
		Long: c.say("在 DIR（默认当前目录）写一份 beian.yaml，全部设置都在注释里，并说明怎样在提交前检查。已有的文件不会被覆盖。",
			"Write a beian.yaml to DIR (default: the current directory), with every setting in a comment,\nand say how to check before each commit. An existing file is never overwritten."),
		Args: c.atMost(1),
		RunE: func(cmd *cobra.Command, dirs []string) error {
			dir := "."
			if len(dirs) > 0 {
				dir = dirs[0]
			}
			if _, err := c.open(cmd, dirs); err != nil {
				return err
			}
			if err := c.writeSettings(filepath.Join(dir, config.FileName), withHook); err != nil {
				return err
			}
			if withHook {
				return c.writeHook(cmd.Context(), dir)
			}
			offer, _ := c.offerHook(dir)
			_, err := fmt.Fprintf(c.stdout, "\n%s\n", offer)
			return err
		},
	}
	cmd.Flags().BoolVar(&withHook, "hook", false, c.say("也写 git 的 pre-commit 钩子", "also write the pre-commit hook of git"))
	return cmd
}

// writeSettings writes a new beian.yaml. If there is one, that is an error,
// unless the person asks for the hook.
func (c *command) writeSettings(name string, withHook bool) error {
	err := writeNew(name, c.say(settingsZH, settingsEN), 0o644)
	switch {
	case errors.Is(err, fs.ErrExist) && withHook:
		fmt.Fprintln(c.stdout, c.say(name+" 已经存在，没有改动。", name+" already exists and was not changed."))
		return nil
	case errors.Is(err, fs.ErrExist):
		return mistake{ZH: name + " 已经存在，没有改动", EN: name + " already exists; nothing was changed"}
	case err != nil:
		return unwritable(name, err)
	}
	fmt.Fprintln(c.stdout, c.say("写好了 "+name+"。", name+" was written."))
	return nil
}

// writeNew writes a file that must not be there yet.
func writeNew(name, text string, mode fs.FileMode) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Close())
}

const schemaLine = "# yaml-language-server: $schema=https://raw.githubusercontent.com/beian/beian/main/docs/beian.schema.json\n"

// Every line behind "#" is a setting that would be valid without it; a test reads
// the file so.
const settingsZH = schemaLine + `# beian 的设置。说明见 docs/configuration.md；去掉行首的 # 生效。路径都相对于本文件所在目录。

# 代码看不出、结论又需要的事实
#operator:
#  type: enterprise            # individual 个人, enterprise 企业, organisation 其他组织
#  name: 与证件一致的名称
#  responsible: 小程序负责人
#  subject-responsible: 主体负责人，与小程序负责人不同时填写
#  filing-number: 京ICP备12345678号-1X   # 已经备案的填写
#  privacy-policy: https://example.com/privacy
#  app-type: shopping          # 39 类之一，见 docs/configuration.md
#  mainland: true              # 是否在中国内地提供服务
#  minors: false               # 是否有未满 18 周岁的用户
#  children: false             # 是否有不满 14 周岁的用户
#  commercial: false           # 是否提供有偿信息服务
#  cross-border: false         # 个人信息是否出境
#  persons: 20000              # 处理多少人的个人信息
#  faces: 0                    # 存储多少人的人脸信息
#  abroad: 0                   # 当年 1 月 1 日起出境多少人的（非敏感）信息
#  abroad-sensitive: 0         # 同上，敏感信息
#  form:                       # 备案表单中代码看不出的字段；个人资料不要写在这里
#    subject-area: 浙江省杭州市
#    retention: 账号注销后 30 天内删除

# 何时以 1 退出：verdict（触发备案）, undetermined（尚不能确定）, critical, high, medium, low（问题的严重程度）, never
#fail-on: verdict

# 置信度低于它的发现不报告：low, medium, high
#min-confidence: low

# 文字的语言：zh, en
#lang: zh

# 代码评审和编辑器用什么级别显示收集点：note, warning, error
#inventory-level: note

# 只报告 include 中的文件里的发现；不报告 exclude 中的
#include:
#  - "src/**"
#exclude:
#  - "legacy/**"

# 是否读取扫描目录以外、同一仓库中被程序引用的代码
#outside: true

# 规则：off 关闭，或者固定为某个置信度
#rules:
#  api/clipboard: off

# 本项目的标签是什么意思：一个类别，或 ignore
#labels:
#  - pattern: 门店电话
#    category: ignore

# 本项目自己的请求函数：调用即视为数据离开
#sinks:
#  - name: api.post
#    kind: network
#    args: [1]                 # 哪几个参数带数据，从 0 数起；不写表示全部

# 本项目自己的规则，和找出更多的脚本；见 docs/custom-rules.md
#custom-rules:
#  custom/member-card:
#    title: 会员卡号
#    category: identifier
#    labels: ["会员卡号?"]
#detectors:
#  - tools/detect.js

# 不能写注释的文件里接受的发现：known 确需收集（结论不变），not-personal 工具误报（不计入）
#suppress:
#  - path: "pages/shop/*.wxml"
#    rule: field/phone
#    as: not-personal
#    reason: 门店自己的电话

# 已接受的发现，由 beian baseline create 生成；备案内容的记录，由 beian filed --record 生成
#baseline: beian-baseline.json
#filed: beian.filed.json
`

const settingsEN = schemaLine + `# Settings of beian; see docs/configuration.md. Remove the # to use one. Paths are relative to this file.

# Facts that the verdict needs and that code does not show
#operator:
#  type: enterprise            # individual, enterprise, organisation
#  name: As on the certificate
#  responsible: The person responsible for the program
#  subject-responsible: The person responsible for the operator, if it is another
#  filing-number: 京ICP备12345678号-1X   # if it has been filed
#  privacy-policy: https://example.com/privacy
#  app-type: shopping          # one of 39, see docs/configuration.md
#  mainland: true              # is it served in mainland China?
#  minors: false               # are there people under 18 among its users?
#  children: false             # are there children under 14?
#  commercial: false           # does it offer paid information services?
#  cross-border: false         # does personal information leave mainland China?
#  persons: 20000              # individuals whose data is processed
#  faces: 0                    # individuals whose faces are stored
#  abroad: 0                   # individuals whose (non-sensitive) data went abroad since 1 January
#  abroad-sensitive: 0         # the same, sensitive data
#  form:                       # fields of the filing form that code does not show; no data of people
#    subject-area: Hangzhou, Zhejiang
#    retention: Deleted within 30 days after the account is closed

# When to exit with 1: verdict (filing is triggered), undetermined, critical, high, medium, low (severity of a problem), never
#fail-on: verdict

# Do not report findings below this confidence: low, medium, high
#min-confidence: low

# Language of the texts: zh, en
#lang: en

# How loud code review and editors show what is collected: note, warning, error
#inventory-level: note

# Report findings in the files of include alone, and none in those of exclude
#include:
#  - "src/**"
#exclude:
#  - "legacy/**"

# Read code outside of the scanned directory, in the same repository, that the program refers to
#outside: true

# Rules: off, or the confidence that their findings have
#rules:
#  api/clipboard: off

# What labels mean in this project: a category, or ignore
#labels:
#  - pattern: 门店电话
#    category: ignore

# Request functions of this project: data that reaches one has left
#sinks:
#  - name: api.post
#    kind: network
#    args: [1]                 # which arguments carry data, from 0 (default: all)

# Rules of this project, and scripts that find more; see docs/custom-rules.md
#custom-rules:
#  custom/member-card:
#    title: member cards
#    category: identifier
#    labels: ["会员卡号?"]
#detectors:
#  - tools/detect.js

# Findings accepted in files that cannot hold a comment: known (collected; the verdict stays), not-personal (a mistake)
#suppress:
#  - path: "pages/shop/*.wxml"
#    rule: field/phone
#    as: not-personal
#    reason: the shop's own number

# Findings accepted before, made by beian baseline create; what was filed, made by beian filed --record
#baseline: beian-baseline.json
#filed: beian.filed.json
`
