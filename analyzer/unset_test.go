package analyzer

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/verdict"
	"github.com/beian/beian/detectors"
)

// unset is a value that no code in the program explains: a store made elsewhere, a context without a
// provider, an answer, a parameter.
type unset struct {
	head string // imports, before the component
	get  string // statements that declare it
	args string // a wrapper around the component, "" if there is none: inject('store')(observer(%s))
}

// shown are the ways in which a page may show a field, as the value it decides.
var shown = []struct{ react, vue string }{
	{`{it.admin && %s}`, `<view v-if="it.admin">%s</view>`},
	{`{!it.admin && %s}`, `<view v-if="!it.admin">%s</view>`},
	{`{it ? %s : null}`, `<view v-if="it">%s</view>`},
	{`{it?.user?.name ? null : %s}`, `<view v-if="it?.user?.name"></view><view v-else>%s</view>`},
	{`{it.user.level > 2 && %s}`, `<view v-if="it.user.level > 2">%s</view>`},
	{`{it.kind === 'person' && %s}`, `<view v-show="it.kind === 'person'">%s</view>`},
	{`{it.rows.map(row => <View key={row.id}>%s</View>)}`, `<view v-for="row in it.rows" :key="row.id">%s</view>`},
	{`{(it.rows || []).filter(row => row.on).map(row => %s)}`, `<view v-for="row in (it.rows || []).filter(row => row.on)">%s</view>`},
	{`{it.rows?.length > 0 && it.rows.map((row, k) => %s)}`, `<view v-for="(row, k) in it.rows.slice(1)">%s</view>`},
	{`{Object.keys(it).map(k => %s)}`, `<view v-for="k in Object.keys(it)">%s</view>`},
	{`{Object.entries(it.rows).map(([k, row]) => row.on && %s)}`, `<view v-for="(row, k) in it">%s</view>`},
	{`{[1, 2].includes(it.kind) && %s}`, `<view v-if="[1, 2].includes(it.kind)">%s</view>`},
	{`{it.some(row => row.on) && %s}`, `<view v-if="it.some(row => row.on)">%s</view>`},
	{`{{ person: %s }[it.kind]}`, `<view v-if="{ person: true }[it.kind]">%s</view>`},
	{`{it.draw(() => %s)}`, `<view v-if="it.may('draw')">%s</view>`},
}

// shownNatively is the same for templates of the platform and of mpx, whose directives begin with the prefix.
var shownNatively = []string{
	`<view %[1]sif="{{ it.admin }}">%[2]s</view>`,
	`<view %[1]sif="{{ !it.admin }}">%[2]s</view>`,
	`<view %[1]sif="{{ it }}">%[2]s</view>`,
	`<view %[1]sif="{{ it.user.level > 2 }}"></view><view %[1]selse>%[2]s</view>`,
	`<view hidden="{{ it.kind !== 'person' }}">%[2]s</view>`,
	`<view %[1]sfor="{{ it.rows }}" %[1]skey="id">%[2]s</view>`,
	`<view %[1]sfor="{{ it }}" %[1]sfor-item="row" %[1]skey="id"><view %[1]sif="{{ row.on }}">%[2]s</view></view>`,
}

const sent = "const send = tel => Taro.request({ url: 'https://a.example.com/s', data: { tel, it } })"

// What no code explains may be anything: what it decides may be shown, and what it is given may be kept or sent.
func TestUnsetInReact(t *testing.T) {
	for name, u := range map[string]unset{
		"useSelector, no provider":     {head: "import { useSelector } from 'react-redux'", get: "const it = useSelector(s => s.member)"},
		"useSelector whole":            {head: "import { useSelector } from 'react-redux'", get: "const it = useSelector(s => s)"},
		"useStore":                     {head: "import { useStore } from 'react-redux'", get: "const it = useStore().getState().member"},
		"slice registered later":       {head: "import { useSelector } from 'react-redux'\nimport { configureStore } from '@reduxjs/toolkit'\nexport const store = configureStore({ reducer: { other: (s = {}) => s } })\nimport { all } from '@acme/reducers'\nstore.replaceReducer(all)", get: "const it = useSelector(s => s.member)"},
		"reducer elsewhere":            {head: "import { useSelector } from 'react-redux'\nimport { createStore } from 'redux'\nimport { root } from '@acme/reducers'\nexport const store = createStore(root)", get: "const it = useSelector(s => s.member)"},
		"reducers elsewhere, combined": {head: "import { useSelector } from 'react-redux'\nimport { createStore, combineReducers } from 'redux'\nimport { member } from '@acme/reducers'\nexport const store = createStore(combineReducers({ member }))", get: "const it = useSelector(s => s.member)"},
		"preloaded":                    {head: "import { useSelector } from 'react-redux'\nimport { configureStore } from '@reduxjs/toolkit'\nexport const store = configureStore({ reducer: (s = {}) => s, preloadedState: Taro.getStorageSync('s') })", get: "const it = useSelector(s => s.member)"},
		"connect":                      {head: "import { connect } from 'react-redux'", args: "connect(s => ({ it: s.member }))(%s)"},
		"connect tarojs":               {head: "import { connect } from '@tarojs/redux'", args: "connect(s => ({ it: s.member }))(%s)"},
		"dva connect":                  {head: "import { connect } from 'dva'", args: "connect(({ member }) => ({ it: member }))(%s)"},
		"dva-core, models elsewhere":   {head: "import { create } from 'dva-core'\nimport { useSelector } from 'react-redux'\nimport models from '@acme/models'\nconst app = create()\nmodels.forEach(m => app.model(m))\napp.start()", get: "const it = useSelector(s => s.member)"},
		"dva-core, effects":            {head: "import { create } from 'dva-core'\nimport { useSelector } from 'react-redux'\nimport saga from 'dva-loading'\nconst app = create()\napp.use(saga())\napp.start()", get: "const it = useSelector(s => s.loading)"},
		"inject":                       {head: "import { inject, observer } from 'mobx-react'", args: "inject('it')(observer(%s))"},
		"inject tarojs":                {head: "import { inject, observer } from '@tarojs/mobx'", args: "inject('it')(observer(%s))"},
		"inject function":              {head: "import { inject, observer } from 'mobx-react'", args: "inject(stores => ({ it: stores.member }))(observer(%s))"},
		"MobXProviderContext":          {head: "import { MobXProviderContext } from 'mobx-react'\nimport { useContext } from 'react'", get: "const { it } = useContext(MobXProviderContext)"},
		"mobx observable elsewhere":    {head: "import { it } from '@acme/stores'\nimport { observer } from 'mobx-react-lite'", args: "observer(%s)"},
		"useLocalObservable":           {head: "import { useLocalObservable } from 'mobx-react-lite'", get: "const it = useLocalObservable(() => Taro.getStorageSync('x'))"},
		"useObserver":                  {head: "import { useObserver } from 'mobx-react'\nimport stores from '@acme/stores'", get: "const it = useObserver(() => stores.member)"},
		"context without provider":     {head: "import { createContext, useContext } from 'react'\nconst Box = createContext(null)", get: "const it = useContext(Box)"},
		"context without value":        {head: "import { createContext, useContext } from 'react'\nconst Box = createContext()", get: "const it = useContext(Box)"},
		"context, empty object":        {head: "import { createContext, useContext } from 'react'\nconst Box = createContext({})", get: "const it = useContext(Box)"},
		"context elsewhere":            {head: "import { Box } from '@acme/context'\nimport { useContext } from 'react'", get: "const it = useContext(Box)"},
		"zustand elsewhere":            {head: "import { useMember } from '@acme/stores'", get: "const it = useMember(s => s)"},
		"zustand, made by unknown":     {head: "import { create } from 'zustand'\nimport make from '@acme/slice'\nconst useMember = create(make)", get: "const it = useMember(s => s.member)"},
		"zustand, whole by unknown":    {head: "import { create } from 'zustand'\nimport make from '@acme/slice'\nconst useMember = create(make)", get: "const it = useMember()"},
		"zustand persist":              {head: "import { create } from 'zustand'\nimport { persist } from 'zustand/middleware'\nimport { storage } from '@acme/storage'\nconst useMember = create(persist(() => ({ member: {} }), { name: 'm', storage }))", get: "const it = useMember(s => s.member)"},
		"zustand slices":               {head: "import { create } from 'zustand'\nimport { slice } from '@acme/slice'\nconst useMember = create((...a) => ({ ...slice(...a) }))", get: "const it = useMember(s => s.member)"},
		"zustand unknown middleware":   {head: "import { create } from 'zustand'\nimport { wrap } from '@acme/slice'\nconst useMember = create(wrap(() => ({ a: 1 })))", get: "const it = useMember(s => s.member)"},
		"jotai atom elsewhere":         {head: "import { useAtom } from 'jotai'\nimport { box } from '@acme/atoms'", get: "const [it] = useAtom(box)"},
		"jotai useAtomValue elsewhere": {head: "import { useAtomValue } from 'jotai'\nimport { box } from '@acme/atoms'", get: "const it = useAtomValue(box)"},
		"jotai async":                  {head: "import { atom, useAtom } from 'jotai'\nconst box = atom(async () => (await Taro.request({ url: 'https://a.example.com/m' })).data)", get: "const [it] = useAtom(box)"},
		"jotai storage":                {head: "import { useAtom } from 'jotai'\nimport { atomWithStorage } from 'jotai/utils'\nconst box = atomWithStorage('x', null)", get: "const [it] = useAtom(box)"},
		"jotai loadable":               {head: "import { atom, useAtomValue } from 'jotai'\nimport { loadable } from 'jotai/utils'\nconst box = loadable(atom(async () => 1))", get: "const it = useAtomValue(box)"},
		"jotai family":                 {head: "import { useAtomValue } from 'jotai'\nimport { atomFamily } from 'jotai/utils'\nimport make from '@acme/atoms'\nconst box = atomFamily(make)", get: "const it = useAtomValue(box(1))"},
		"recoil elsewhere":             {head: "import { useRecoilValue } from 'recoil'\nimport { box } from '@acme/atoms'", get: "const it = useRecoilValue(box)"},
		"recoil default":               {head: "import { atom, useRecoilValue } from 'recoil'\nconst box = atom({ key: 'a', default: null, effects: [({ setSelf }) => setSelf(Taro.getStorageSync('a'))] })", get: "const it = useRecoilValue(box)"},
		"recoil loadable":              {head: "import { atom, useRecoilValueLoadable } from 'recoil'\nconst box = atom({ key: 'a', default: null })", get: "const it = useRecoilValueLoadable(box)"},
		"valtio elsewhere":             {head: "import { useSnapshot } from 'valtio'\nimport { box } from '@acme/state'", get: "const it = useSnapshot(box)"},
		"valtio derived":               {head: "import { useSnapshot, proxy } from 'valtio'\nimport { derive } from 'valtio/utils'\nimport { f } from '@acme/state'\nconst box = derive({ member: f }, { proxy: proxy({}) })", get: "const it = useSnapshot(box).member"},
		"rematch, models elsewhere":    {head: "import { init } from '@rematch/core'\nimport { useSelector } from 'react-redux'\nimport { member } from '@acme/models'\nexport const store = init({ models: { member } })", get: "const it = useSelector(s => s.member)"},
		"unstated":                     {head: "import { createContainer } from 'unstated-next'\nconst Box = createContainer(() => ({}))", get: "const it = Box.useContainer()"},
		"hox":                          {head: "import { createModel } from 'hox'\nconst useBox = createModel(() => ({ a: 1 }))", get: "const it = useBox()"},
		"resso":                        {head: "import resso from 'resso'\nconst box = resso({ a: 1 })", get: "const { it } = box"},
		"router params":                {head: "import { useRouter } from '@tarojs/taro'", get: "const it = useRouter().params"},
		"router whole":                 {head: "import { useRouter } from '@tarojs/taro'", get: "const it = useRouter()"},
		"router preload":               {head: "", get: "const it = Taro.getCurrentInstance().preloadData"},
		"router instance":              {head: "", get: "const it = Taro.getCurrentInstance().router.params"},
		"useScope":                     {head: "import { useScope } from '@tarojs/taro'", get: "const it = useScope()"},
		"launch options":               {head: "", get: "const it = Taro.getLaunchOptionsSync().query"},
		"i18n":                         {head: "import { useTranslation } from 'react-i18next'", get: "const { t: it } = useTranslation()"},
		"i18n instance":                {head: "import { useTranslation } from 'react-i18next'", get: "const { i18n: it } = useTranslation()"},
		"intl":                         {head: "import { useIntl } from 'react-intl'", get: "const it = useIntl()"},
		"react-query":                  {head: "import { useQuery } from '@tanstack/react-query'", get: "const { data: it } = useQuery({ queryKey: ['m'], queryFn: () => Taro.request({ url: 'https://a.example.com/m' }).then(r => r.data) })"},
		"react-query, ask elsewhere":   {head: "import { useQuery } from '@tanstack/react-query'\nimport { ask } from '@acme/api'", get: "const { data: it } = useQuery({ queryKey: ['m'], queryFn: ask })"},
		"react-query, options":         {head: "import { useQuery } from '@tanstack/react-query'\nimport { member } from '@acme/api'", get: "const { data: it } = useQuery(member())"},
		"react-query, key only":        {head: "import { useQuery } from '@tanstack/react-query'", get: "const { data: it } = useQuery(['member'])"},
		"react-query, cache":           {head: "import { useQueryClient } from '@tanstack/react-query'", get: "const it = useQueryClient().getQueryData(['member'])"},
		"react-query, state":           {head: "import { useQuery } from '@tanstack/react-query'", get: "const it = useQuery({ queryKey: ['m'], queryFn: () => Taro.request({ url: 'https://a.example.com/m' }) }).failureReason"},
		"react-query, error":           {head: "import { useQuery } from '@tanstack/react-query'", get: "const it = useQuery({ queryKey: ['m'], queryFn: () => Taro.request({ url: 'https://a.example.com/m' }) }).error"},
		"react-query, pages":           {head: "import { useInfiniteQuery } from '@tanstack/react-query'", get: "const it = useInfiniteQuery({ queryKey: ['m'], queryFn: () => Taro.request({ url: 'https://a.example.com/m' }) }).data.pages[0]"},
		"react-query, suspense":        {head: "import { useSuspenseQuery } from '@tanstack/react-query'\nimport { member } from '@acme/api'", get: "const { data: it } = useSuspenseQuery(member())"},
		"react-query, mutation":        {head: "import { useMutation } from '@tanstack/react-query'\nimport { useEffect } from 'react'\nimport { ask } from '@acme/api'", get: "const { data: it, mutate } = useMutation({ mutationFn: ask })\nuseEffect(() => mutate(1), [])"},
		"swr":                          {head: "import useSWR from 'swr'", get: "const { data: it } = useSWR('/m', url => Taro.request({ url }).then(r => r.data))"},
		"swr, fetcher elsewhere":       {head: "import useSWR from 'swr'", get: "const { data: it } = useSWR('/m')"},
		"ahooks useRequest":            {head: "import { useRequest } from 'ahooks'", get: "const { data: it } = useRequest(() => Taro.request({ url: 'https://a.example.com/m' }))"},
		"ahooks useRequest elsewhere":  {head: "import { useRequest } from 'ahooks'\nimport { ask } from '@acme/api'", get: "const { data: it } = useRequest(ask)"},
		"ahooks useRequest address":    {head: "import { useRequest } from 'ahooks'", get: "const { data: it } = useRequest('/member')"},
		"ahooks useRequest error":      {head: "import { useRequest } from 'ahooks'\nimport { ask } from '@acme/api'", get: "const { error: it } = useRequest(ask)"},
		"ahooks local storage":         {head: "import { useLocalStorageState } from 'ahooks'", get: "const [it] = useLocalStorageState('m')"},
		"ahooks controllable":          {head: "import { useControllableValue } from 'ahooks'", get: "const [it] = useControllableValue(arguments[0])"},
		"ahooks other":                 {head: "import { useUrlState } from 'ahooks'", get: "const [it] = useUrlState({})"},
		"ahooks previous":              {head: "import { usePrevious } from 'ahooks'\nimport { x } from '@acme/x'", get: "const it = usePrevious(x)"},
		"react-use async":              {head: "import { useAsync } from 'react-use'\nimport { ask } from '@acme/api'", get: "const { value: it } = useAsync(ask)"},
		"react-use storage":            {head: "import { useLocalStorage } from 'react-use'", get: "const [it] = useLocalStorage('m')"},
		"react-hook-form watch":        {head: "import { useForm } from 'react-hook-form'", get: "const it = useForm().watch('kind')"},
		"react-hook-form watch all":    {head: "import { useForm } from 'react-hook-form'", get: "const it = useForm().watch()"},
		"react-hook-form values":       {head: "import { useForm } from 'react-hook-form'\nimport { ask } from '@acme/api'", get: "const it = useForm({ defaultValues: ask }).getValues()"},
		"react-hook-form errors":       {head: "import { useForm } from 'react-hook-form'", get: "const it = useForm().formState.errors"},
		"react-hook-form state":        {head: "import { useForm } from 'react-hook-form'", get: "const it = useForm().formState"},
		"react-hook-form useWatch":     {head: "import { useForm, useWatch } from 'react-hook-form'", get: "const { control } = useForm()\nconst it = useWatch({ control, name: 'kind' })"},
		"react-hook-form context":      {head: "import { useFormContext } from 'react-hook-form'", get: "const it = useFormContext().watch('kind')"},
		"react-hook-form fields":       {head: "import { useForm, useFieldArray } from 'react-hook-form'", get: "const { control } = useForm()\nconst it = useFieldArray({ control, name: 'rows' })"},
		"kit form":                     {head: "import { Form } from '@nutui/nutui-react-taro'", get: "const [form] = Form.useForm()\nconst it = form.getFieldValue('kind')"},
		"kit form watch":               {head: "import { Form } from '@nutui/nutui-react-taro'", get: "const [form] = Form.useForm()\nconst it = Form.useWatch('kind', form)"},
		"kit form values":              {head: "import { Form } from '@nutui/nutui-react-taro'", get: "const [form] = Form.useForm()\nconst it = form.getFieldsValue()"},
		"unresolved import":            {head: "import it from '../../stores/member'"},
		"package import":               {head: "import it from '@acme/stores'"},
		"package hook":                 {head: "import { useMember } from '@acme/stores'", get: "const it = useMember()"},
		"app globalData":               {head: "", get: "const it = Taro.getApp().globalData"},
		"app global":                   {head: "", get: "const it = getApp().globalData.member"},
		"app global, own app":          {head: "", get: "const it = getApp().member"},
		"storage":                      {head: "", get: "const it = Taro.getStorageSync('m')"},
		"props":                        {head: "", args: "%s"},
		"hoc elsewhere":                {head: "import { withMember } from '@acme/hoc'", args: "withMember(%s)"},
		"reducer elsewhere, hook":      {head: "import { useReducer } from 'react'\nimport { reduce, first } from '@acme/reducers'", get: "const [it] = useReducer(reduce, first)"},
		"reducer, no first":            {head: "import { useReducer, useEffect } from 'react'\nimport { reduce } from '@acme/reducers'", get: "const [it, go] = useReducer(reduce, {})\nuseEffect(() => { go(1) }, [])"},
		"external store":               {head: "import { useSyncExternalStore } from 'react'\nimport { store } from '@acme/store'", get: "const it = useSyncExternalStore(store.subscribe, store.get)"},
		"use promise":                  {head: "import { use } from 'react'\nimport { ask } from '@acme/store'", get: "const it = use(ask())"},
		"state of unknown":             {head: "import { useState } from 'react'\nimport { first } from '@acme/store'", get: "const [it] = useState(first)"},
		"environment":                  {head: "", get: "const it = process.env"},
		"immer":                        {head: "import { useImmer } from 'use-immer'\nimport { first } from '@acme/store'", get: "const [it] = useImmer(first)"},
		"lodash":                       {head: "import { cloneDeep } from 'lodash'\nimport { first } from '@acme/store'", get: "const it = cloneDeep(first)"},
		"lodash get":                   {head: "import get from 'lodash/get'\nimport { first } from '@acme/store'", get: "const it = get(first, 'a.b')"},
		"remax query":                  {head: "import { useQuery } from 'remax'", get: "const it = useQuery()"},
	} {
		t.Run(name, func(t *testing.T) {
			given := ""
			if u.args != "" && !strings.Contains(u.head, "import { it }") {
				given = "{ it }"
			}
			wrapped := "Page"
			if u.args != "" {
				wrapped = fmt.Sprintf(u.args, "Page")
			}
			page := func(shown string) map[string]string { return inReact(u.head, given, u.get+"\n"+sent, shown, wrapped) }
			all := ""
			for _, s := range shown {
				all += "\n" + fmt.Sprintf(s.react, `<Input placeholder='手机号' onInput={e => send(e.detail.value)} />`)
			}
			unsetHolds(t, page(all+"\n<Input placeholder='手机号' onInput={e => it.save(e.detail.value)} />"), len(shown)+1)
			unsetHolds(t, page("<Input placeholder={it.label} onInput={e => send(e.detail.value)} />"), 0)
		})
	}
}

func TestUnsetInVue(t *testing.T) {
	for name, u := range map[string]unset{
		"pinia elsewhere":           {head: "import { useMember } from '@acme/stores'", get: "const it = useMember()"},
		"pinia unresolved":          {head: "import { useMember } from '@/stores/member'", get: "const it = useMember()"},
		"pinia refs elsewhere":      {head: "import { storeToRefs } from 'pinia'\nimport { useMember } from '@acme/stores'", get: "const { it } = storeToRefs(useMember())"},
		"pinia state elsewhere":     {head: "import { defineStore } from 'pinia'\nimport { member } from '@acme/stores'\nconst useMember = defineStore('m', { state: () => member() })", get: "const it = useMember()"},
		"pinia setup elsewhere":     {head: "import { defineStore } from 'pinia'\nimport { member } from '@acme/stores'\nconst useMember = defineStore('m', member)", get: "const it = useMember()"},
		"pinia setup, refs":         {head: "import { defineStore, storeToRefs } from 'pinia'\nimport { member } from '@acme/stores'\nconst useMember = defineStore('m', member)", get: "const { it } = storeToRefs(useMember())"},
		"pinia setup, spread":       {head: "import { defineStore } from 'pinia'\nimport { member } from '@acme/stores'\nconst useMember = defineStore('m', () => ({ ...member() }))", get: "const it = useMember().member"},
		"pinia plug-in":             {head: "import { defineStore, createPinia } from 'pinia'\nimport plugin from '@acme/stores'\ncreatePinia().use(plugin)\nconst useMember = defineStore('m', { state: () => ({ a: 1 }) })", get: "const it = useMember().extra"},
		"vuex, no store":            {head: "import { useStore } from 'vuex'", get: "const it = useStore().state.member"},
		"vuex, modules elsewhere":   {head: "import { createStore, useStore } from 'vuex'\nimport { member } from '@acme/stores'\ncreateStore({ modules: { member } })", get: "const it = useStore().state.member"},
		"vuex, getters elsewhere":   {head: "import { createStore, useStore } from 'vuex'\nimport { getters } from '@acme/stores'\ncreateStore({ getters })", get: "const it = useStore().getters.member"},
		"vuex, store elsewhere":     {head: "import { store } from '@acme/stores'", get: "const it = store.state.member"},
		"vuex, root missing":        {head: "import { createStore, useStore } from 'vuex'\nimport options from '@acme/stores'\ncreateStore(options)", get: "const it = useStore().state.member"},
		"inject, no provider":       {head: "import { inject } from 'vue'", get: "const it = inject('member')"},
		"inject, default":           {head: "import { inject } from 'vue'", get: "const it = inject('member', null)"},
		"inject, empty default":     {head: "import { inject } from 'vue'", get: "const it = inject('member', {})"},
		"globalProperties":          {head: "import { getCurrentInstance } from 'vue'", get: "const it = getCurrentInstance().proxy.$member"},
		"globalProperties of app":   {head: "import { getCurrentInstance } from 'vue'", get: "const it = getCurrentInstance().appContext.config.globalProperties.$member"},
		"globalData":                {head: "", get: "const it = getApp().globalData"},
		"globalData part":           {head: "", get: "const it = getApp().globalData.member"},
		"vm of app":                 {head: "", get: "const it = getApp().$vm"},
		"query":                     {head: "import { onLoad } from '@dcloudio/uni-app'\nimport { ref } from 'vue'", get: "const it = ref({})\nonLoad(q => { it.value = q })"},
		"props":                     {head: "", get: "const { it } = defineProps(['it'])"},
		"props object":              {head: "", get: "const props = defineProps({ it: Object })\nconst it = props.it"},
		"model":                     {head: "", get: "const it = defineModel()"},
		"attrs":                     {head: "import { useAttrs } from 'vue'", get: "const it = useAttrs()"},
		"slots":                     {head: "import { useSlots } from 'vue'", get: "const it = useSlots()"},
		"template ref":              {head: "import { ref } from 'vue'", get: "const box = ref()\nconst it = box.value"},
		"template ref, hook":        {head: "import { useTemplateRef } from 'vue'", get: "const it = useTemplateRef('box')"},
		"i18n":                      {head: "import { useI18n } from 'vue-i18n'", get: "const it = useI18n()"},
		"alova":                     {head: "import { useRequest } from 'alova'\nimport { member } from '@acme/api'", get: "const { data: it } = useRequest(member)"},
		"alova error":               {head: "import { useRequest } from 'alova'\nimport { member } from '@acme/api'", get: "const { error: it } = useRequest(member)"},
		"alova form":                {head: "import { useForm } from 'alova/client'\nimport { member } from '@acme/api'", get: "const { form: it } = useForm(member)"},
		"alova list":                {head: "import { usePagination } from 'alova/client'\nimport { member } from '@acme/api'", get: "const it = usePagination(member)"},
		"luch":                      {head: "import Request from 'luch-request'\nimport { ref } from 'vue'\nconst http = new Request()", get: "const it = ref()\nhttp.get('/m').then(r => { it.value = r.data })"},
		"axios":                     {head: "import axios from 'axios'\nimport { ref } from 'vue'", get: "const it = ref()\naxios.get('/m').then(r => { it.value = r.data })"},
		"vueuse storage":            {head: "import { useStorage } from '@vueuse/core'", get: "const it = useStorage('m')"},
		"vueuse fetch":              {head: "import { useFetch } from '@vueuse/core'", get: "const { data: it } = useFetch('/m')"},
		"vueuse async":              {head: "import { useAsyncState } from '@vueuse/core'\nimport { ask } from '@acme/api'", get: "const { state: it } = useAsyncState(ask, null)"},
		"vueuse global state":       {head: "import { createGlobalState } from '@vueuse/core'\nimport { make } from '@acme/api'\nconst useBox = createGlobalState(make)", get: "const it = useBox()"},
		"vueuse model":              {head: "import { useVModel } from '@vueuse/core'", get: "const it = useVModel(defineProps(['it']), 'it', defineEmits())"},
		"vueuse inject":             {head: "import { createInjectionState } from '@vueuse/core'\nconst [provideBox, useBox] = createInjectionState(() => ({ a: 1 }))", get: "const it = useBox()"},
		"vueuse computed":           {head: "import { computedAsync } from '@vueuse/core'\nimport { ask } from '@acme/api'", get: "const it = computedAsync(ask, null)"},
		"vue-query":                 {head: "import { useQuery } from '@tanstack/vue-query'\nimport { ask } from '@acme/api'", get: "const { data: it } = useQuery({ queryKey: ['m'], queryFn: ask })"},
		"vue-request":               {head: "import { useRequest } from 'vue-request'\nimport { ask } from '@acme/api'", get: "const { data: it } = useRequest(ask)"},
		"router":                    {head: "import { useRoute } from 'uni-mini-router'", get: "const it = useRoute().query"},
		"unresolved import":         {head: "import it from '@/data/member'"},
		"unresolved import, json":   {head: "import it from './member.json'"},
		"composable missing":        {head: "import { useMember } from '@/hooks/member'", get: "const { it } = useMember()"},
		"auto import missing":       {head: "", get: "const it = useMember()"},
		"storage":                   {head: "", get: "const it = uni.getStorageSync('m')"},
		"environment":               {head: "", get: "const it = import.meta.env"},
		"wot form":                  {head: "import { useMessage } from 'wot-design-uni'", get: "const it = useMessage()"},
		"wot other":                 {head: "import { useQueue } from 'wot-design-uni'", get: "const it = useQueue()"},
		"computed of unknown":       {head: "import { computed } from 'vue'\nimport { x } from '@acme/api'", get: "const it = computed(x)"},
		"computed of unknown, read": {head: "import { computed } from 'vue'\nimport { x } from '@acme/api'", get: "const it = computed(() => x.value)"},
		"reactive of unknown":       {head: "import { reactive } from 'vue'\nimport { x } from '@acme/api'", get: "const it = reactive(x)"},
		"toRefs of unknown":         {head: "import { toRefs } from 'vue'\nimport { x } from '@acme/api'", get: "const { it } = toRefs(x)"},
		"toRef of unknown":          {head: "import { toRef } from 'vue'\nimport { x } from '@acme/api'", get: "const it = toRef(x, 'a')"},
		"unref of unknown":          {head: "import { unref } from 'vue'\nimport { x } from '@acme/api'", get: "const it = unref(x)"},
		"custom ref":                {head: "import { customRef } from 'vue'\nimport { x } from '@acme/api'", get: "const it = customRef(x)"},
		"device":                    {head: "", get: "const it = uni.getSystemInfoSync()"},
	} {
		t.Run(name, func(t *testing.T) {
			unsetInVue(t, "<script setup>\n"+u.head+"\n"+u.get+"\n"+strings.ReplaceAll(sent, "Taro", "uni")+"\n</script>")
		})
	}
}

func TestUnsetInOptionsOfVue(t *testing.T) {
	for name, u := range map[string]unset{
		"mapState, no store":      {head: "import { mapState } from 'vuex'", get: "computed: mapState(['it'])"},
		"mapState, module":        {head: "import { mapState } from 'vuex'", get: "computed: mapState('m', ['it'])"},
		"mapState, function":      {head: "import { mapState } from 'vuex'", get: "computed: mapState({ it: s => s.m.it })"},
		"mapGetters, no store":    {head: "import { mapGetters } from 'vuex'", get: "computed: mapGetters(['it'])"},
		"namespaced helpers":      {head: "import { createNamespacedHelpers } from 'vuex'\nconst { mapState } = createNamespacedHelpers('m')", get: "computed: mapState(['it'])"},
		"$store":                  {head: "", get: "computed: { it() { return this.$store.state.member } }"},
		"$store getters":          {head: "", get: "computed: { it() { return this.$store.getters.member } }"},
		"pinia mapState":          {head: "import { mapState } from 'pinia'\nimport { useMember } from '@acme/stores'", get: "computed: mapState(useMember, ['it'])"},
		"pinia mapStores":         {head: "import { mapStores } from 'pinia'\nimport { useMember } from '@acme/stores'", get: "computed: mapStores(useMember)"},
		"mixin elsewhere":         {head: "import m from '@acme/mixins'", get: "mixins: [m]"},
		"mixin unresolved":        {head: "import m from '@/mixins/m'", get: "mixins: [m]"},
		"extends elsewhere":       {head: "import m from '@acme/mixins'", get: "extends: m"},
		"inject":                  {head: "", get: "inject: ['it']"},
		"inject, default":         {head: "", get: "inject: { it: { default: null } }"},
		"props":                   {head: "", get: "props: ['it']"},
		"prop with default":       {head: "", get: "props: { it: { type: Object, default: () => ({}) } }"},
		"$root":                   {head: "", get: "computed: { it() { return this.$root.member } }"},
		"$parent":                 {head: "", get: "computed: { it() { return this.$parent.member } }"},
		"$refs":                   {head: "", get: "computed: { it() { return this.$refs.box } }"},
		"$scope":                  {head: "", get: "computed: { it() { return this.$scope.data } }"},
		"$page":                   {head: "", get: "computed: { it() { return this.$page } }"},
		"$mp":                     {head: "", get: "computed: { it() { return this.$mp.query } }"},
		"$route":                  {head: "", get: "computed: { it() { return this.$route.query } }"},
		"$t":                      {head: "", get: "computed: { it() { return this.$t } }"},
		"$u":                      {head: "", get: "computed: { it() { return this.$u } }"},
		"prototype elsewhere":     {head: "", get: "computed: { it() { return this.$member } }"},
		"data of unknown":         {head: "import { x } from '@acme/x'", get: "data() { return { it: x } }"},
		"data spread of unknown":  {head: "import { x } from '@acme/x'", get: "data() { return { ...x() } }"},
		"whole data of unknown":   {head: "import { x } from '@acme/x'", get: "data: x"},
		"computed spread":         {head: "import { x } from '@acme/x'", get: "computed: { ...x(['it']) }"},
		"setup elsewhere":         {head: "import { x } from '@acme/x'", get: "setup: x"},
		"setup spread":            {head: "import { x } from '@acme/x'", get: "setup() { return { ...x() } }"},
		"nothing declares it":     {head: "", get: "name: 'a'"},
		"asyncComputed":           {head: "", get: "asyncComputed: { it() { return 1 } }"},
		"option of a plug-in":     {head: "import Vue from 'vue'\nimport p from '@acme/plugin'\nVue.use(p)", get: "member: true"},
		"set by getCurrentPages":  {head: "", get: "data() { return { it: null } }, onShow() { this.it = getCurrentPages()[0].data }"},
		"set in onLoad":           {head: "", get: "data() { return { it: null } }, onLoad(q) { this.it = q }"},
		"set by a request":        {head: "", get: "data() { return { it: null } }, onLoad() { uni.request({ url: 'https://a.example.com/m', success: r => { this.it = r.data } }) }"},
		"set by an event":         {head: "", get: "data() { return { it: null } }, onLoad() { uni.$on('member', v => { this.it = v }) }"},
		"set by an event channel": {head: "", get: "data() { return { it: null } }, onLoad() { this.getOpenerEventChannel().on('member', v => { this.it = v }) }"},
	} {
		t.Run(name, func(t *testing.T) {
			unsetInVue(t, "<script>\n"+u.head+"\nexport default {\n"+u.get+",\n"+
				"methods: { send(tel) { uni.request({ url: 'https://a.example.com/s', data: { tel, it: this.it } }) } }\n}\n</script>")
		})
	}
}

func TestUnsetInNativePages(t *testing.T) {
	for name, u := range map[string]unset{
		"globalData":           {get: "onLoad() { this.setData({ it: getApp().globalData.member }) }"},
		"globalData at once":   {get: "data: { it: getApp().globalData.member }"},
		"mobx bindings":        {head: "import { storeBindingsBehavior } from 'mobx-miniprogram-bindings'\nimport { store } from '@acme/store'", get: "behaviors: [storeBindingsBehavior], storeBindings: { store, fields: ['it'] }"},
		"mobx bindings called": {head: "import { createStoreBindings } from 'mobx-miniprogram-bindings'\nimport { store } from '../../store'", get: "onLoad() { createStoreBindings(this, { store, fields: { it: 'member' } }) }"},
		"behavior missing":     {head: "const b = require('../../behaviors/member')", get: "behaviors: [b]"},
		"computed":             {head: "const { behavior } = require('miniprogram-computed')\nconst x = require('@acme/x')", get: "behaviors: [behavior], computed: { it: x }"},
		"answer":               {get: "onLoad() { wx.request({ url: 'https://a.example.com/m', success: r => this.setData({ it: r.data }) }) }"},
		"answer under a key":   {get: "onLoad() { wx.request({ url: 'https://a.example.com/m', success: r => this.setData(r.data) }) }"},
		"storage":              {get: "data: { it: wx.getStorageSync('m') }"},
		"missing module":       {head: "const m = require('../../data/member')", get: "data: { it: m }"},
		"missing module wide":  {head: "const m = require('../../data/member')", get: "data: { ...m.data }"},
		"query":                {get: "onLoad(q) { this.setData({ it: q }) }"},
		"channel":              {get: "onLoad() { this.getOpenerEventChannel().on('m', v => this.setData({ it: v })) }"},
	} {
		t.Run(name, func(t *testing.T) {
			unsetNatively(t, "wx:", func(view string) map[string]string {
				return map[string]string{"app.json": `{"pages": ["pages/a/a"]}`, "app.js": "App({ globalData: {} })", "pages/a/a.wxml": view, "pages/a/a.js": pageOf("Page", u)}
			})
		})
	}
}

func TestUnsetInMpx(t *testing.T) {
	for name, u := range map[string]unset{
		"store elsewhere":    {head: "import store from '@acme/store'", get: "computed: { ...store.mapState(['it']) }"},
		"store unresolved":   {head: "import store from '../store'", get: "computed: { ...store.mapGetters(['it']) }"},
		"state elsewhere":    {head: "import { createStore } from '@mpxjs/core'\nimport state from '@acme/state'\nconst store = createStore({ state })", get: "computed: { ...store.mapState(['it']) }"},
		"getters elsewhere":  {head: "import { createStore } from '@mpxjs/core'\nimport getters from '@acme/state'\nconst store = createStore({ getters })", get: "computed: { ...store.mapGetters(['it']) }"},
		"deps elsewhere":     {head: "import { createStore } from '@mpxjs/core'\nimport member from '@acme/state'\nconst store = createStore({ deps: { member } })", get: "computed: { ...store.mapState({ it: s => s.member.it }) }"},
		"pinia elsewhere":    {head: "import { mapState } from '@mpxjs/pinia'\nimport { useMember } from '@acme/state'", get: "computed: { ...mapState(useMember, ['it']) }"},
		"mixin":              {head: "import m from '@acme/mixins'", get: "mixins: [m]"},
		"i18n":               {get: "computed: { it() { return this.$t('x') } }"},
		"prototype":          {get: "computed: { it() { return this.$member } }"},
		"setup elsewhere":    {head: "import { x } from '@acme/x'", get: "setup: x"},
		"inject":             {head: "import { inject } from '@mpxjs/core'", get: "setup() { return { it: inject('member') } }"},
		"answer of its own":  {head: "import mpx from '@mpxjs/core'", get: "data: { it: null }, onLoad() { mpx.xfetch.fetch({ url: '/m' }).then(r => { this.it = r.data }) }"},
		"unknown properties": {get: "properties: { it: Object }"},
	} {
		t.Run(name, func(t *testing.T) {
			unsetNatively(t, "wx:", func(view string) map[string]string {
				u.head = "import { createPage } from '@mpxjs/core'\n" + u.head
				return map[string]string{
					"package.json": `{"dependencies": {"@mpxjs/core": "2.9.0"}}`, "src/app.mpx": "<script>\nimport mpx, { createApp } from '@mpxjs/core'\ncreateApp({})\n</script>\n<script type=\"application/json\">{\"pages\": [\"./pages/a\"]}</script>",
					"src/pages/a.mpx": "<template>" + view + "</template>\n<script>\n" + pageOf("createPage", u) + "\n</script>",
				}
			})
		})
	}
}

// pageOf is the script of a native page, or of one of mpx.
func pageOf(definer string, u unset) string {
	if u.get != "" {
		u.get += ",\n"
	}
	return u.head + "\n" + definer + "({\n" + u.get +
		"send(e) { wx.request({ url: 'https://a.example.com/s', data: { tel: e.detail.value, it: this.data.it } }) }\n})"
}

func unsetNatively(t *testing.T, prefix string, page func(view string) map[string]string) {
	all := ""
	for _, s := range shownNatively {
		all += "\n" + fmt.Sprintf(s, prefix, `<input placeholder="手机号" bindinput="send" />`)
	}
	unsetHolds(t, page("<view>"+all+"</view>"), len(shownNatively))
	unsetHolds(t, page(`<view><input placeholder="{{ it.label }}" bindinput="send" /></view>`), 0)
}

// inReact is a program of one page, a component that is given properties, has statements and shows something.
func inReact(head, given, statements, shown, exported string) map[string]string {
	return map[string]string{
		"package.json":      `{"dependencies": {"@tarojs/taro": "3.6.0", "@tarojs/components": "3.6.0", "react": "18.0.0"}}`,
		"src/app.config.js": "export default { pages: ['pages/a/a'] }", "src/app.jsx": "export default ({ children }) => children",
		"src/pages/a/a.jsx": head + "\nimport { View, Input } from '@tarojs/components'\nimport Taro from '@tarojs/taro'\n" +
			"function Page(" + given + ") {\n" + statements + "\nreturn <View>" + shown + "</View>\n}\nexport default " + exported,
	}
}

// What the program does decide is not shown.
func TestSet(t *testing.T) {
	for name, u := range map[string]unset{
		"a state that nothing sets": {head: "import { useState } from 'react'", get: "const [it] = useState({ admin: false })"},
		"a constant":                {head: "const it = { admin: false }"},
	} {
		t.Run(name, func(t *testing.T) {
			scan := scanned(t, inReact(u.head, "", u.get, "{it.admin && <Input placeholder='手机号' onInput={e => Taro.request(e.detail)} />}", "Page"))
			require.Equal(t, verdict.NotTriggered, scan.Analyses[0].Verdict.PersonalInformation.Status)
		})
	}
}

func unsetInVue(t *testing.T, script string) {
	page := func(shown string) map[string]string {
		return map[string]string{
			"pages.json": `{"pages": [{"path": "pages/a/a"}]}`, "manifest.json": `{"mp-weixin": {}}`,
			"App.vue": "<script>export default {}</script>", "pages/a/a.vue": "<template><view>" + shown + "</view></template>\n" + script,
		}
	}
	all := ""
	for _, s := range shown {
		all += "\n" + fmt.Sprintf(s.vue, `<input placeholder="手机号" @input="e => send(e.detail.value)" />`)
	}
	unsetHolds(t, page(all+"\n"+`<input placeholder="手机号" @input="e => it.save(e.detail.value)" />`), len(shown)+1)
	unsetHolds(t, page(`<input :placeholder="it.label" @input="e => send(e.detail.value)" />`), 0)
}

// unsetHolds reports whether a page of which one value is not explained tells no more than is known, and has the
// number of fields.
func unsetHolds(t *testing.T, files map[string]string, fields int) {
	t.Helper()
	s := scanned(t, files)
	require.NotEqual(t, verdict.NotTriggered, s.Analyses[0].Verdict.PersonalInformation.Status)
	var missing, stay []string
	at := map[int]finding.DestinationState{}
	for f := range s.Findings() {
		if f.Rule.ID == "field/phone" && f.Reachable && f.Confidence > finding.Low {
			at[f.Location.File.Position(f.Location.Span.Start).Line] = f.Destination.State
		}
	}
	if fields == 0 {
		return
	}
	for _, p := range []string{"src/pages/a/a.jsx", "pages/a/a.vue", "pages/a/a.wxml", "src/pages/a.mpx"} {
		for n, line := range strings.Split(files[p], "\n") {
			if !strings.Contains(line, "手机号") {
				continue
			}
			if state, ok := at[n+1]; !ok {
				missing = append(missing, line)
			} else if state == finding.DestinationStays {
				stay = append(stay, line)
			}
		}
	}
	require.Empty(t, missing)
	require.Empty(t, stay)
}

func scanned(t *testing.T, files map[string]string) *Scan {
	t.Helper()
	fsys := fstest.MapFS{}
	for p, text := range files {
		fsys[p] = &fstest.MapFile{Data: []byte(text)}
	}
	s, err := Analyze(t.Context(), []Dir{{Path: ".", FS: fsys}}, Options{Detectors: detectors.All()})
	require.NoError(t, err)
	return s
}
