package report

// The part of SARIF 2.1.0 that we write, in the order it is written. A field is
// optional only if the format allows that and consumers do well without it.

type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool              sarifTool            `json:"tool"`
	Invocations       []sarifInvocation    `json:"invocations"`
	AutomationDetails sarifAutomation      `json:"automationDetails"`
	Provenance        []sarifVersion       `json:"versionControlProvenance,omitempty"`
	Bases             map[string]sarifBase `json:"originalUriBaseIds,omitempty"`
	Taxonomies        []sarifTaxonomy      `json:"taxonomies,omitempty"`
	ColumnKind        string               `json:"columnKind"`
	Language          string               `json:"language,omitempty"`
	Results           []sarifResult        `json:"results"`
	Properties        map[string]any       `json:"properties"`
}

type sarifVersion struct {
	RepositoryURI string        `json:"repositoryUri"`
	RevisionID    string        `json:"revisionId"`
	MappedTo      sarifArtifact `json:"mappedTo"`
}

type sarifBase struct {
	URI         string       `json:"uri,omitempty"`
	Description sarifMessage `json:"description"`
}

type sarifTaxonomy struct {
	Name             string       `json:"name"`
	Version          string       `json:"version"`
	Organization     string       `json:"organization"`
	InformationURI   string       `json:"informationUri"`
	ShortDescription sarifMessage `json:"shortDescription"`
	Taxa             []sarifTaxon `json:"taxa"`
}

type sarifTaxon struct {
	ID               string       `json:"id"`
	Name             string       `json:"name"`
	ShortDescription sarifMessage `json:"shortDescription"`
	HelpURI          string       `json:"helpUri"`
}

type sarifRelationship struct {
	Target sarifTaxonRef `json:"target"`
	Kinds  []string      `json:"kinds"`
}

type sarifTaxonRef struct {
	ID            string            `json:"id"`
	Index         int               `json:"index"`
	ToolComponent sarifComponentRef `json:"toolComponent"`
}

type sarifComponentRef struct {
	Name  string `json:"name"`
	Index int    `json:"index"`
}

type sarifFix struct {
	Description sarifMessage          `json:"description"`
	Changes     []sarifArtifactChange `json:"artifactChanges"`
}

type sarifArtifactChange struct {
	Artifact     sarifArtifact      `json:"artifactLocation"`
	Replacements []sarifReplacement `json:"replacements"`
}

type sarifReplacement struct {
	Deleted  sarifRegion   `json:"deletedRegion"`
	Inserted *sarifMessage `json:"insertedContent,omitempty"`
}

type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

type sarifDriver struct {
	Name            string              `json:"name"`
	FullName        string              `json:"fullName"`
	SemanticVersion string              `json:"semanticVersion"`
	InformationURI  string              `json:"informationUri"`
	Taxonomies      []sarifComponentRef `json:"supportedTaxonomies,omitempty"`
	Rules           []sarifRule         `json:"rules"`
}

type sarifRule struct {
	ID               string              `json:"id"`
	Name             string              `json:"name"`
	ShortDescription sarifMessage        `json:"shortDescription"`
	FullDescription  sarifMessage        `json:"fullDescription"`
	Help             sarifMessage        `json:"help"`
	HelpURI          string              `json:"helpUri"`
	Default          sarifConfiguration  `json:"defaultConfiguration"`
	Relationships    []sarifRelationship `json:"relationships,omitempty"`
	Properties       sarifRuleProperties `json:"properties"`
}

type sarifConfiguration struct {
	Level string `json:"level"`
}

type sarifRuleProperties struct {
	Tags             []string `json:"tags"`
	Precision        string   `json:"precision"`
	ProblemSeverity  string   `json:"problem.severity"`
	SecuritySeverity string   `json:"security-severity,omitempty"`
}

type sarifAutomation struct {
	ID string `json:"id"`
}

type sarifInvocation struct {
	ExecutionSuccessful bool                `json:"executionSuccessful"`
	Notifications       []sarifNotification `json:"toolExecutionNotifications"`
}

type sarifNotification struct {
	Level     string          `json:"level"`
	Message   sarifMessage    `json:"message"`
	Locations []sarifLocation `json:"locations,omitempty"`
}

type sarifMessage struct {
	Text     string `json:"text"`
	Markdown string `json:"markdown,omitempty"`
}

type sarifResult struct {
	RuleID           string             `json:"ruleId"`
	RuleIndex        int                `json:"ruleIndex"`
	Kind             string             `json:"kind,omitempty"`
	Level            string             `json:"level"`
	BaselineState    string             `json:"baselineState,omitempty"`
	Message          sarifMessage       `json:"message"`
	Locations        []sarifLocation    `json:"locations"`
	RelatedLocations []sarifLocation    `json:"relatedLocations,omitempty"`
	CodeFlows        []sarifCodeFlow    `json:"codeFlows,omitempty"`
	Fingerprints     map[string]string  `json:"partialFingerprints"`
	Suppressions     []sarifSuppression `json:"suppressions,omitzero"`
	Taxa             []sarifTaxonRef    `json:"taxa,omitempty"`
	Fixes            []sarifFix         `json:"fixes,omitempty"`
	Properties       map[string]any     `json:"properties,omitempty"`
}

type sarifSuppression struct {
	Kind          string `json:"kind"`
	Status        string `json:"status"`
	Justification string `json:"justification,omitempty"`
}

type sarifLocation struct {
	ID               int           `json:"id,omitempty"`
	PhysicalLocation sarifPlace    `json:"physicalLocation"`
	Message          *sarifMessage `json:"message,omitempty"`
}

type sarifPlace struct {
	Artifact sarifArtifact `json:"artifactLocation"`
	Region   *sarifRegion  `json:"region,omitempty"`
	Context  *sarifContext `json:"contextRegion,omitempty"`
}

type sarifArtifact struct {
	URI    string `json:"uri,omitempty"`
	BaseID string `json:"uriBaseId,omitempty"`
}

// sarifContext is whole lines.
type sarifContext struct {
	StartLine int          `json:"startLine"`
	EndLine   int          `json:"endLine"`
	Snippet   sarifMessage `json:"snippet"`
}

type sarifRegion struct {
	StartLine   int           `json:"startLine"`
	StartColumn int           `json:"startColumn"`
	EndLine     int           `json:"endLine"`
	EndColumn   int           `json:"endColumn"`
	Snippet     *sarifMessage `json:"snippet,omitempty"`
}

type sarifCodeFlow struct {
	Message     *sarifMessage     `json:"message,omitempty"`
	ThreadFlows []sarifThreadFlow `json:"threadFlows"`
}

type sarifThreadFlow struct {
	Locations []sarifThreadFlowLocation `json:"locations"`
}

type sarifThreadFlowLocation struct {
	Location   sarifLocation `json:"location"`
	Kinds      []string      `json:"kinds,omitempty"`
	Importance string        `json:"importance"`
}
