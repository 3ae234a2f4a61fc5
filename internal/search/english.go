package search

import (
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2/analysis"
)

// american is a filter that gives British spellings the American form, so that
// both are indexed under one stem. What it makes is never shown; two words need
// only stay two words.
type american struct{}

// Filter changes the terms of tokens in lower case.
func (american) Filter(tokens analysis.TokenStream) analysis.TokenStream {
	for _, t := range tokens {
		if w := string(t.Term); len(w) >= 4 {
			if a := americanOf(w); a != w {
				t.Term = []byte(a)
			}
		}
	}
	return tokens
}

// endings that a stem may take, the empty one among them.
var inflections = []string{"", "s", "d", "r", "rs", "ed", "er", "ers", "ing", "ings", "al", "ally", "able", "ite", "ites", "ful", "less", "ist", "ists", "ation", "ations", "ment", "ments"}

func americanOf(w string) string {
	if a, ok := irregular[w]; ok {
		return a
	}
	if len(w) < 6 {
		return w
	}
	for _, rule := range [...]struct{ british, american string }{
		{"isation", "ization"}, {"is", "iz"}, {"ys", "yz"}, {"our", "or"}, {"ogue", "og"}, {"tre", "ter"},
	} {
		i := strings.LastIndex(w, rule.british)
		if i < 3 {
			continue
		}
		rest := w[i+len(rule.british):]
		if rule.british == "is" || rule.british == "ys" { // -ise, -ised, -ising, -iser, -yse
			if rest != "e" && rest != "ed" && rest != "es" && rest != "ing" && rest != "er" && rest != "ers" {
				continue
			}
			return w[:i] + rule.american + rest
		}
		for _, ending := range inflections {
			if rest == ending {
				return w[:i] + rule.american + rest
			}
		}
	}
	return w
}

// irregular are spellings that follow no rule.
var irregular = map[string]string{
	"grey": "gray", "greyed": "grayed", "programme": "program", "programmes": "programs", "artefact": "artifact", "artefacts": "artifacts",
	"ageing": "aging", "judgement": "judgment", "acknowledgement": "acknowledgment", "acknowledgements": "acknowledgments",
	"defence": "defense", "offence": "offense", "licence": "license", "licences": "licenses", "practise": "practice", "practised": "practiced", "practising": "practicing",
	"cheque": "check", "cheques": "checks", "metre": "meter", "metres": "meters", "litre": "liter", "litres": "liters", "fibre": "fiber", "fibres": "fibers",
	"sceptical": "skeptical", "aluminium": "aluminum", "fulfil": "fulfill", "enrol": "enroll", "instal": "install", "catalogued": "cataloged", "learnt": "learned",
	"cancelled": "canceled", "cancelling": "canceling", "labelled": "labeled", "labelling": "labeling", "modelled": "modeled", "modelling": "modeling",
	"signalled": "signaled", "signalling": "signaling", "travelled": "traveled", "travelling": "traveling", "fuelled": "fueled", "totalled": "totaled",
	"tunnelled": "tunneled", "tunnelling": "tunneling", "centred": "centered", "neighbourhood": "neighborhood", "cataloguing": "cataloging", "levelled": "leveled", "levelling": "leveling", "dialled": "dialed", "fuelling": "fueling", "totalling": "totaling", "mislabelled": "mislabeled", "unlabelled": "unlabeled", "fulfilment": "fulfillment", "whilst": "while", "tyre": "tire", "tyres": "tires", "initialled": "initialed", "marshalled": "marshaled", "marshalling": "marshaling", "channelled": "channeled",
}

// small are words that people put into a question and that say little about what
// they look for. Unlike stop words they are indexed: they may be part of a title.
var small = strings.Fields(`
actually again almost already also although always among anybody anyone anything became become becomes
can cannot could does doing done either else even ever every everybody everyone everything gets getting got
happen happened happening happens however instead just kept let like likely made make makes making many may maybe might much must near
none often perhaps possible quite rather really seem seems seen shall since some somebody someone something sometimes soon still such
than though through thus together toward towards under unless until upon us via was were whatever whenever whether while within without would yet`)

// english are short forms that engineers use, and what they stand for. Each is
// looked up for the other.
var english = both(map[string][]string{
	"k8s": {"kubernetes"}, "db": {"database"}, "dbs": {"databases"}, "pg": {"postgres"}, "postgres": {"postgresql"}, "psql": {"postgresql"},
	"config": {"configuration"}, "configs": {"configurations"}, "cfg": {"configuration"}, "conf": {"configuration"}, "misconfig": {"misconfiguration"},
	"auth": {"authentication", "authorization"}, "authn": {"authentication"}, "authz": {"authorization"}, "sso": {"single sign-on"}, "mfa": {"multi-factor", "two-factor"},
	"cert": {"certificate"}, "certs": {"certificates"}, "creds": {"credentials"}, "env": {"environment"}, "envs": {"environments"},
	"prod": {"production"}, "dev": {"development"}, "repo": {"repository"}, "repos": {"repositories"}, "infra": {"infrastructure"}, "perf": {"performance"},
	"lb": {"load balancer"}, "elb": {"load balancer"}, "cdn": {"content delivery network"}, "oom": {"out of memory"}, "oomkilled": {"out of memory"},
	"vm": {"virtual machine"}, "vms": {"virtual machines"}, "dc": {"datacenter", "data center"}, "dcs": {"datacenters", "data centers"}, "ci": {"continuous integration"}, "cd": {"continuous deployment"},
	"msg": {"message"}, "msgs": {"messages"}, "req": {"request"}, "reqs": {"requests"}, "resp": {"response"}, "mgmt": {"management"}, "app": {"application"}, "apps": {"applications"},
	"admin": {"administrator"}, "ops": {"operations"}, "sec": {"security"}, "net": {"network"}, "mem": {"memory"}, "os": {"operating system"}, "fs": {"filesystem", "file system"},
	"tls": {"ssl", "transport layer security"}, "https": {"tls", "ssl"}, "dns": {"domain name system"}, "api": {"interface"}, "ui": {"interface"}, "bgp": {"border gateway protocol"}, "jwt": {"token"}, "ram": {"memory"}, "fe": {"frontend"}, "be": {"backend"}, "svc": {"service"}, "svcs": {"services"}, "ctrl": {"controller"}, "ver": {"version"}, "err": {"error"}, "errs": {"errors"}, "conn": {"connection"}, "conns": {"connections"}, "num": {"number"}, "temp": {"temporary", "temperature"}, "stats": {"statistics"}, "sync": {"synchronization"}, "async": {"asynchronous"}, "vuln": {"vulnerability"}, "vulns": {"vulnerabilities"}, "ns": {"namespace"}, "deps": {"dependencies"}, "dep": {"dependency"}, "docs": {"documentation"}, "doc": {"documentation"}, "spec": {"specification"},
	"ha": {"high availability"}, "dr": {"disaster recovery"}, "rds": {"database"}, "mq": {"message queue"}, "gc": {"garbage collection"}, "cpu": {"processor"},
	"acl": {"access control list"}, "fw": {"firmware", "firewall"}, "hw": {"hardware"}, "sw": {"software"}, "hmd": {"headset"}, "fps": {"frame rate"}, "ddos": {"denial of service"}, "dos": {"denial of service"},
	"rca": {"root cause"}, "ad": {"active directory"}, "op": {"operation"}, "ip": {"address"}, "ips": {"addresses"}, "asap": {"quickly"}, "hdd": {"disk"}, "ssd": {"disk"}, "pm": {"post-mortem", "postmortem"}, "az": {"availability zone"}, "asg": {"autoscaling group"}, "qa": {"testing"}, "ttl": {"time to live"},
	"pr": {"pull request"}, "prs": {"pull requests"}, "mr": {"merge request"}, "sla": {"service level agreement"}, "slo": {"service level objective"}, "pii": {"personal data"},
})

// both adds the way back for those that stand for one word.
func both(forms map[string][]string) map[string][]string {
	all := map[string][]string{}
	for short, long := range forms {
		all[short] = append(all[short], long...)
		for _, l := range long {
			all[l] = append(all[l], short)
		}
	}
	for _, list := range all {
		slices.Sort(list)
	}
	return all
}
