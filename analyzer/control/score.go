package control

import (
	"regexp"
	"slices"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/spelling"
)

// How evidence is weighed. Every figure of the judgement of form controls is here.
//
// No single sign can be trusted. Labels are missing, or belong to the neighbouring
// control; a handler called onPhone is copied to the next field; the digits of an
// order number look like those of a phone. So each category gets points from all
// evidence, and the sum says how sure we are. What a person reads counts most, as it
// is the question; then the programmer's names; then the shape, which alone says
// nothing. Words of one kind count once, by the best of them: five handlers with
// phone in their names are no better than one.
//
// An example, of which TestWorkedExample adds up the same:
//
//	<view>称呼</view>
//	<input name="mobile" type="number" maxlength="11" placeholder="请输入" />
//
//	phone   mobile is a likely name of a phone number       nameMedium  3
//	        11 digits                                       shapeFits   2
//	name    称呼 is a likely label of a name                  textMedium  4
//
// The two contradict each other, and the text wins: it names a category, so that
// names and shapes of another are not looked at (weigh: elsewhere). What is left is a
// name, of low confidence: 4 points are enough only beside a sure sign. Without the label the control
// would take a phone number, of high confidence (5). With 紧急呼叫 for a label, which
// the word list does not have, names count one point less (textUnknown): 3 - 1 + 2,
// a phone number of high confidence still, as name="mobile" is the control's own name.
// With 年龄, which it knows to be something else, nothing is left (otherwise).
const (
	// A label or placeholder: a term of its own (手机号), a likely one (地址), one that
	// needs company (号码).
	textStrong, textMedium, textWeak = 6, 4, 2
	textBoth                         = 1 // label and placeholder agree

	// An identifier: name, bound path, data-* key, payload key.
	nameStrong, nameMedium, nameWeak = 4, 3, 1
	// The name of the handler alone.
	handlerStrong, handlerMedium = 3, 1

	typeSure      = 3 // type="idcard", type="tel"
	typeNickname  = 8 // type="nickname" has no other use
	regionPicker  = 4 // picker mode="region"
	shapeFits     = 2 // type="number" with maxlength="11"
	lengthFits    = 1 // maxlength="18"
	validatorFits = 3 // a regular expression or a function that checks for it
	demandFits    = 5 // a rule of the form, under the control's own name, demands it
	titleSays     = 2 // the page's title, if the page has one control
	titleAsks     = 3 // a sure word in it, if nothing at the control says what that asks for
	besideOthers  = 2 // "name" beside a phone or address in the same view
	textUnknown   = 1 // subtracted from identifiers beside unknown words
	textAgainst   = 3 // subtracted if the other text says something else
	textAlone     = 2 // and more if no name supports it
	queryAgainst  = 2 // subtracted if the control looks something up
)

// Thresholds. A control whose value nobody takes, or that asks for the number
// of a shop or looks something up, is low whatever its points. Between highAt and sureAt
// a sure sign is wanted (Reading.sure), else it is low; of what triggers filing there is no
// medium. In public programs a control's own names alone were right in 10 of 10, likely words alone (称呼) in none of 6,
// and a pattern alone, which several controls may share, in 4 of 8 (docs/accuracy.md).
const (
	highAt = 5
	sureAt = 3
	lowAt  = 2
)

// Judge weighs the evidence about one control. It gives one judgement for each
// category, in the order of finding.Categories, and none for a control that
// collects nothing of any.
func (e *Reading) Judge() []Judgement {
	if e.vetoed() {
		return nil
	}
	if e.picksDate() {
		return e.wide()
	}
	var out []Judgement
	for _, c := range finding.Categories() {
		if chooses := e.role == platform.Picker || e.kind.Text == "select"; chooses && c.Triggers() {
			continue // it chooses among names or numbers that are there already
		}
		if j, ok := e.weigh(c); ok {
			out = append(out, j)
		}
	}
	return append(e.settle(out), e.wide()...)
}

// picksDate reports whether the control chooses a date or time.
func (e *Reading) picksDate() bool {
	return e.role == platform.Picker && (e.kind.Text == "date" || e.kind.Text == "time")
}

// settle drops judgements that another one explains: the 收件人 of a mail is an
// address, and 推荐人 over the placeholder 推荐人手机号 is a number, not a name.
func (e *Reading) settle(all []Judgement) []Judgement {
	whose := false // a person's part may only say whose
	for _, j := range all {
		if !j.Category.Triggers() || j.Category == finding.Name {
			continue
		}
		mail := j.Category == finding.Email && j.points >= sureAt
		said := j.Clues[0].spoken() && j.Clues[0].sense.Weight(j.Category) == Strong
		whose = whose || mail || said
	}
	var out []Judgement
	for _, j := range all {
		if j.Category == finding.Name && (whose || e.ends()) && byRole(j) {
			continue
		}
		out = append(out, j)
	}
	return out
}

// ends reports whether the control is called as the sender or receiver of a message
// is: <input name="from"> after 发件人 takes a mail address.
func (e *Reading) ends() bool {
	return slices.ContainsFunc(e.names, func(c Clue) bool { return c.sense.topics[topicMessage] })
}

// spoken reports whether c is a text that a person reads.
func (c Clue) spoken() bool { return c.What == "label" || c.What == "placeholder" }

// byRole reports whether a judgement rests on a person's part alone.
func byRole(j Judgement) bool {
	for _, c := range j.Clues {
		if s := c.sense.signs[finding.Name]; s.weight > Weak && !s.role && c.spoken() {
			return false
		}
	}
	return true
}

// weigh adds the points of category c.
func (e *Reading) weigh(c finding.Category) (Judgement, bool) {
	j := Judgement{Category: c}
	thing := e.texts(c, &j)
	ofPerson := false
	if c == finding.Name && len(j.Clues) == 0 && e.ofPerson && !e.forThing && !e.petNamed() && !e.speaksOfPets() {
		j.add(called(e.labels), textStrong)
		ofPerson = len(j.Clues) > 0
	}
	text := j.points
	box := e.kind.Text == "nickname" // the platform's own box for the nickname, whatever the texts call it
	if box && c == finding.Name && text < textStrong {
		return j, false
	}
	box = box && c == finding.Nickname
	if !box && e.nicknamed() {
		if c == finding.Name {
			return j, false
		}
		box = c == finding.Nickname
	}
	apart := text == 0 && e.takenApart(c)
	if apart {
		j.add(best(e.keys, c), textStrong)
	}
	elsewhere := text == 0 && e.says(c) && !box // the texts name another category, and only that
	if !elsewhere && !apart {
		if text > 0 || box || !e.otherwise() {
			thing = e.identifiers(c, &j) && text == 0 || thing
			e.headed(c, &j)
			e.shape(c, &j)
		}
		e.checked(c, &j)
	}
	if j.points > 0 && e.queries() {
		j.points -= queryAgainst
		if c == finding.Name {
			return j, false
		}
	}
	if c == finding.Name && !ofPerson && e.nameOfOther() {
		return j, false
	}
	if j.points < lowAt || len(j.Clues) == 0 || c == finding.Name && e.ofThing() && !slices.ContainsFunc(j.Clues, strong(c)) {
		return j, false
	}
	j.Confidence = e.confidence(j)
	thing = thing || c == finding.Name && (e.forThing && e.plainName() || e.namedThing())
	if !e.taken || thing || (e.searches && c != finding.IDCard) || byHandler(j) {
		j.Confidence = finding.Low
	}
	j.Subject = j.Clues[0].Text
	return j, true
}

// nameOfOther reports whether what looks like a person's name is that of a thing or an animal.
func (e *Reading) nameOfOther() bool {
	return e.forThing && e.anyName() || e.namesThing() || e.petNamed() || e.ofPet && e.plainName() || e.copiedName()
}

// anyName reports whether texts and names have no word but one that any name may have: 名字.
func (e *Reading) anyName() bool {
	if slices.ContainsFunc(e.names, strong(finding.Name)) {
		return false
	}
	for _, t := range e.Texts() {
		if s := t.sense.signs[finding.Name]; s.weight == Strong || s.role {
			return false
		}
	}
	return true
}

// plainName reports whether the texts name nothing but 姓名, which some forms ask of a pet as well, and nothing
// beside the control asks for a person.
func (e *Reading) plainName() bool {
	texts := e.Texts()
	return !e.beside && len(texts) > 0 && !slices.ContainsFunc(texts, func(t Clue) bool {
		s, ok := t.sense.signs[finding.Name]
		return !ok || s.term != "姓名"
	})
}

// asksOfPet reports whether the control asks for what only animals have: 毛色, 是否绝育, or the 品种 in what is called pet, or
// with an example of one (如缅因猫).
func (e *Reading) asksOfPet() bool {
	return slices.ContainsFunc(e.Texts(), func(c Clue) bool {
		return ofAnimals.MatchString(c.Text) || breed.MatchString(c.Text) && e.speaksOfPets()
	})
}

// speaksOfPets reports whether the file of the control is called pet, or an example in it is an animal.
func (e *Reading) speaksOfPets() bool {
	called := func(word string) bool { return word == "pet" || word == "pets" }
	return slices.ContainsFunc(spelling.Words(e.Control.View.File.Path), called) ||
		slices.ContainsFunc(e.hints, func(h Clue) bool { return animals.MatchString(h.Text) })
}

// Labels of pets' records, as public mini programs write them.
var (
	ofAnimals = regexp.MustCompile(`^(宠物)?(毛色|(是否|有无)?绝育(情况|状态|与否)?|驱虫(情况|时间|日期)?|宠物品种|宠物种类)[:：]?$`)
	breed     = regexp.MustCompile(`^(品种|种类)[:：]?$`)
	animals   = regexp.MustCompile(`猫|狗|犬|宠`)
)

// petNamed reports whether a page for a thing that people name asks for 姓名 and calls it 昵称 as well.
func (e *Reading) petNamed() bool {
	return e.forThing && !e.beside && best(e.hints, finding.Nickname) != nil && best(e.hints, finding.Name) == nil &&
		!slices.ContainsFunc(e.labels, func(c Clue) bool { s, ok := c.sense.signs[finding.Name]; return ok && s.term != "姓名" })
}

// namesThing reports whether one text says of what the name is that another asks for: 名字 over 请输入猫咪名字.
func (e *Reading) namesThing() bool {
	texts := e.Texts()
	i := slices.IndexFunc(texts, func(t Clue) bool { return t.sense.ofThing != "" && len(t.sense.signs) == 0 && !t.over })
	return i >= 0 && !slices.ContainsFunc(texts, func(t Clue) bool {
		s, ok := t.sense.signs[finding.Name]
		return ok && s.term != texts[i].sense.ofThing
	})
}

// namedThing reports whether the label of the control is of the name of a thing, over a placeholder that was copied from a
// field for a person's: 球队名称 over 请输入姓名.
func (e *Reading) namedThing() bool {
	return e.labelOver(func(label Clue) bool { return label.sense.ofThing != "" })
}

// copiedName is namedThing of a thing that the lexicon knows: 公司名称, but not 客户名称, which is a person's or a company's.
func (e *Reading) copiedName() bool {
	return e.labelOver(func(label Clue) bool {
		return label.sense.topics[topicOther] && calledName.MatchString(label.Text) && !lexicons().someone(label.Text)
	})
}

// labelOver reports whether the only label of the control is such a one, and the placeholder asks for 姓名 and nothing else.
func (e *Reading) labelOver(such func(label Clue) bool) bool {
	if len(e.labels) != 1 || e.labels[0].over || len(e.labels[0].sense.signs) > 0 || !such(e.labels[0]) {
		return false
	}
	more := func(c Clue) bool { return c.sense.signs[finding.Name].term != "姓名" }
	return !slices.ContainsFunc(e.hints, more) && !slices.ContainsFunc(e.names, strong(finding.Name))
}

// calledName ends the name of a thing.
var calledName = regexp.MustCompile(`(名称|名字|名)\P{Han}*$`)

// byHandler reports whether a judgement rests on the name of a handler alone: it is
// copied to the next field, and says little.
func byHandler(j Judgement) bool { return len(j.Clues) == 1 && j.Clues[0].What == "handler" }

// checked adds the check of the value: one that the script makes, or else one that
// the rules of the form demand.
func (e *Reading) checked(c finding.Category, j *Judgement) {
	validator, demand := best(e.validators, c), best(e.demands, c)
	alone := j.points <= 0 // nothing else supports the category
	switch {
	case demand != nil && (!alone || !contradicts(e.Texts())):
		j.add(demand, demandFits)
	case validator != nil && (!alone || (c != finding.Name && e.open())):
		j.add(validator, validatorFits)
	}
}

// confidence tells how sure a judgement is.
func (e *Reading) confidence(j Judgement) finding.Confidence {
	switch {
	case e.queries(), slices.ContainsFunc(j.Clues, func(c Clue) bool { return c.sense.signs[j.Category].part }):
		return finding.Low
	case j.points >= highAt || j.points >= sureAt && slices.ContainsFunc(j.Clues, func(c Clue) bool { return e.sure(c, j.Category) }):
		return finding.High
	case j.points >= sureAt && !j.Category.Triggers():
		return finding.Medium
	}
	return finding.Low
}

// sure reports whether c is a sign of a category that seldom errs: a name of the control
// itself, a text that has but one meaning, a keyboard for ID numbers, or a pattern that an
// account, or the only control of the form, must match.
func (e *Reading) sure(c Clue, category finding.Category) bool {
	s := c.sense.signs[category]
	switch c.What {
	case "name", "binding":
		return true
	case "label", "placeholder", "title":
		return s.weight == Strong || s.example || s.weight == Medium && hasLatin([]rune(s.term))
	case "type":
		return c.Text != "tel" // a keyboard for any digits
	case "validator":
		return e.alone || e.open() && e.answers()
	}
	return false
}

// parsed says that a text is pasted and taken apart: 粘贴整段地址，自动识别.
var parsed = regexp.MustCompile(`粘贴|(智能|自动|一键)(识别|填写|解析)`)

// delivered says that a text is what a parcel is sent by, whatever of it: 收货信息, 寄件人资料.
var delivered = regexp.MustCompile(`(收货|收件|寄件|发货|发件|送货|配送|邮寄|快递)(人|地址|方)?的?(信息|资料|内容|文本|文字)`)

// takenApart reports whether the control takes a text with several things in it, of which
// the script stores or sends a part under a name of category c: the name and phone in a
// pasted address.
func (e *Reading) takenApart(c finding.Category) bool {
	if c != finding.Name && c != finding.Phone && c != finding.Address || best(e.keys, finding.Phone) == nil || best(e.keys, c) == nil {
		return false
	}
	return e.pasted()
}

// pasted reports whether a text at the control says that an address is pasted there and taken apart.
func (e *Reading) pasted() bool {
	return slices.ContainsFunc(e.Texts(), func(k Clue) bool {
		return parsed.MatchString(k.Text) && (k.sense.Weight(finding.Address) > None || delivered.MatchString(k.Text))
	})
}

// strong tells of a clue whether it is a sure word for a category.
func strong(c finding.Category) func(Clue) bool {
	return func(k Clue) bool { return k.sense.signs[c].weight == Strong }
}

// ofThing reports whether the control's own names speak of another thing's name, and none of
// a person's: plant.name, goodsName.
func (e *Reading) ofThing() bool {
	other := func(c Clue) bool { return c.sense.topics[topicOther] && len(c.sense.signs) == 0 }
	return len(e.names) > 0 && !slices.ContainsFunc(e.names, func(c Clue) bool { return !other(c) })
}

// answers reports whether some text says that an account or a person's part is asked for,
// of which a pattern then tells the kind.
func (e *Reading) answers() bool {
	return slices.ContainsFunc(join(e.labels, e.hints), func(c Clue) bool { return c.sense.topics[topicAccount] || len(c.sense.signs) > 0 })
}

func (j *Judgement) add(c *Clue, points int) {
	if c == nil {
		return
	}
	j.points += points
	j.Clues = append(j.Clues, *c)
}

// texts adds the points of label and placeholder, and reports whether they ask
// for the number of a shop or the like.
func (e *Reading) texts(c finding.Category, j *Judgement) (thing bool) {
	label, hint := best(e.labels, c), best(e.hints, c)
	if c.Triggers() && e.remarks() {
		hint = nil
		if e.role == platform.Textarea {
			label = nil
		}
	}
	first, second := label, hint
	if weightOf(hint, c) > weightOf(label, c) {
		first, second = hint, label
	}
	if first == nil {
		return false
	}
	points := byWeight(weightOf(first, c), textStrong, textMedium, textWeak)
	if c == finding.Name && weightOf(first, c) == Weak {
		if !e.beside {
			return false // Name, of anything
		}
		points += besideOthers
	}
	if second == nil {
		other := e.labels
		if first == label {
			other = e.hints
		}
		called := c == finding.Name && weightOf(first, c) < Strong && ofAccount(other) // 怎么称呼你 in the box for 用户名
		if called || contradicts(other) && !(first == hint && e.inState(*hint)) {
			points -= textAgainst
			if e.support(*first) == None {
				points -= textAlone
			}
		}
	}
	j.add(first, points)
	if second != nil {
		j.add(second, textBoth)
	}
	ofThing := label != nil && label.sense.signs[c].thing && (hint == nil || !lexicons().someone(hint.Text))
	return first.sense.signs[c].thing || ofThing // 门店电话 over 请输入联系电话
}

// called is the label that is the word for any name and nothing else: 名称, which is a person's in a form that asks for 性别.
func called(labels clueList) *Clue {
	i := slices.IndexFunc(labels, func(l Clue) bool { return barelyNamed.MatchString(l.Text) })
	if i < 0 {
		return nil
	}
	c := labels[i]
	c.sense = Sense{}
	c.sense.add(finding.Name, sign{weight: Strong, term: c.Text})
	return &c
}

var barelyNamed = regexp.MustCompile(`^\P{Han}*名称\P{Han}*$`)

// inState reports whether hint, which asks for something certain, is the placeholder of one state of the control, while that of
// another state says what the label says: 税号 over 请输入身份证号, for a person, or 请输入税号.
func (e *Reading) inState(hint Clue) bool {
	return certain(hint) && slices.ContainsFunc(e.hints, func(h Clue) bool {
		sameBox := h.At.File == hint.At.File && h.Text != hint.Text
		return sameBox && slices.ContainsFunc(e.labels, func(l Clue) bool { return alike(h, l) })
	})
}

// ofAccount reports whether texts ask for the name of an account, and for nothing else.
func ofAccount(clues []Clue) bool {
	other := func(c Clue) bool { return c.over || len(c.sense.signs) > 0 || !c.sense.topics[topicAccount] }
	return len(clues) > 0 && !slices.ContainsFunc(clues, other)
}

// identifiers adds the points of the programmer's names, and reports whether they are of
// the number of a shop or the like.
func (e *Reading) identifiers(c finding.Category, j *Judgement) (thing bool) {
	names := e.names
	if !e.unknown() && !e.abroad {
		names = join(names, e.keys) // the script may mix the values of several controls
	}
	name, handler := best(names, c), best(e.handlers, c)
	points := byWeight(weightOf(name, c), nameStrong, nameMedium, nameWeak)
	if p := byWeight(weightOf(handler, c), handlerStrong, handlerMedium, 0); p > points {
		points, name = p, handler
	}
	if points == 0 {
		return false
	}
	if e.unknown() {
		points -= textUnknown // so that a name of anything is not a person's
	}
	if points <= 0 {
		return false
	}
	j.add(name, points)
	// A script that mixes the values of its controls stores them all under a name.
	own := best(e.names, c) != nil || best(e.handlers, c) != nil
	if c == finding.Name && weightOf(name, c) == Weak && own && e.beside && !name.sense.topics[topicAccount] {
		j.points += besideOthers
	}
	return name.sense.signs[c].thing
}

// headed adds the points of the page's title. The title is what a page for any one field asks
// for: 手机号, over a field with 请输入. Where the field says something itself, the title only
// supports the rest: 联系人 over 发消息 is a chat with one.
func (e *Reading) headed(c finding.Category, j *Judgement) {
	title := best(e.titles, c)
	silent := len(e.labels)+len(e.hints) == 0
	switch {
	case silent && weightOf(title, c) == Strong:
		j.add(title, titleAsks)
	case silent || j.points > 0:
		j.add(title, titleSays)
	}
}

// shape adds the points of type, mode and maxlength. Shape alone says too
// little, except for type="idcard" and the like.
func (e *Reading) shape(c finding.Category, j *Judgement) {
	digits := e.kind.Text == "number" || e.kind.Text == "digit" || e.kind.Text == "tel" || e.kind.Text == "numberpad"
	switch c {
	case finding.Phone:
		if e.kind.Text == "tel" || e.kind.Text == "phone" {
			j.add(&e.kind, typeSure)
		}
		switch {
		case j.points <= 0 || !e.fits(11):
		case digits:
			j.points += shapeFits
		default:
			j.points += lengthFits
		}
	case finding.IDCard:
		if e.kind.Text == "idcard" || e.kind.Text == "idcardpad" {
			j.add(&e.kind, typeSure)
		}
		if j.points > 0 && e.fits(18) {
			j.points += lengthFits
		}
	case finding.Email:
		if e.kind.Text == "email" {
			j.add(&e.kind, typeSure)
		}
	case finding.Nickname:
		if e.kind.Text == "nickname" {
			j.add(&e.kind, typeNickname)
		}
	case finding.Address:
		if e.region {
			j.add(&e.kind, regionPicker)
		}
	}
}

// fits reports whether the value is limited to n characters or compared with n.
func (e *Reading) fits(n int) bool {
	if e.maxlength == n {
		return true
	}
	for _, l := range e.lengths {
		if l == n {
			return true
		}
	}
	return false
}

// best returns the clue with the most weight for c, the first among equals.
func best(clues []Clue, c finding.Category) *Clue {
	var found *Clue
	for i := range clues {
		if s, ok := clues[i].sense.signs[c]; ok && (found == nil || s.weight > found.sense.signs[c].weight) {
			found = &clues[i]
		}
	}
	return found
}

func weightOf(c *Clue, category finding.Category) Weight {
	if c == nil {
		return None
	}
	return c.sense.signs[category].weight
}

func byWeight(w Weight, s, m, l int) int {
	switch w {
	case Strong:
		return s
	case Medium:
		return m
	case Weak:
		return l
	}
	return 0
}

func join(a, b clueList) clueList {
	return append(a[:len(a):len(a)], b...)
}
