package demo

// person is a name as its owner writes it and as it looks in an e-mail address.
type person struct{ name, mail string }

var givenNames = []person{
	{"Amélie", "amelie"}, {"Zoë", "zoe"}, {"José", "jose"}, {"Łukasz", "lukasz"}, {"Søren", "soren"}, {"Ingrid", "ingrid"},
	{"Jürgen", "juergen"}, {"Olivia", "olivia"}, {"Noah", "noah"}, {"Priya", "priya"}, {"Mateo", "mateo"}, {"Aoife", "aoife"},
	{"Дмитрий", "dmitri"}, {"Ελένη", "eleni"}, {"Chloë", "chloe"}, {"Björn", "bjorn"}, {"Fatma", "fatma"}, {"Thảo", "thao"},
	{"Emma", "emma"}, {"Liam", "liam"}, {"Grace", "grace"}, {"Kwame", "kwame"}, {"Sofía", "sofia"}, {"Hana", "hana"},
}

var familyNames = []person{
	{"Durand", "durand"}, {"Müller", "mueller"}, {"García", "garcia"}, {"Kowalski", "kowalski"}, {"Nyström", "nystrom"},
	{"O'Brien", "obrien"}, {"Иванова", "ivanova"}, {"Nguyễn", "nguyen"}, {"Papadopoulos", "papadopoulos"}, {"Smith", "smith"},
	{"Okafor", "okafor"}, {"Patel", "patel"}, {"Çelik", "celik"}, {"Hansen", "hansen"}, {"Rossi", "rossi"}, {"de Vries", "devries"},
}

// wholeNames are written family name first, or without a space.
var wholeNames = []person{
	{"山田太郎", "taro.yamada"}, {"王小明", "xiaoming.wang"}, {"김민준", "minjun.kim"}, {"佐藤花子", "hanako.sato"},
	{"李娜", "na.li"}, {"鈴木一郎", "ichiro.suzuki"}, {"陳美玲", "meiling.chen"}, {"박서연", "seoyeon.park"},
}

var mailHosts = []string{"example.com", "example.org", "example.net", "mail.example", "post.example", "shop.example"}

var nicknames = []string{"🦄", "bookworm", "夜猫", "NightOwl", "nightowl", "☕️ first", "Zoë", "zoe", "🚲💨", "grumpy cat", "Ωmega", "ñandú"}

// place is a city with its country and coordinates. The name is in latin1, as its column is.
type place struct {
	country, city, street string
	lat, lon              float64
}

var places = []place{
	{"DE", "K\xf6ln", "Ehrenstraße", 50.9375, 6.9603}, {"FR", "Orl\xe9ans", "Rue de la République", 47.9029, 1.9093},
	{"ES", "M\xe1laga", "Calle Larios", 36.7213, -4.4214}, {"SE", "G\xf6teborg", "Avenyn", 57.7089, 11.9746},
	{"GB", "London", "Baker Street", 51.5074, -0.1278}, {"US", "Portland", "NW 23rd Avenue", 45.5152, -122.6784},
	{"JP", "Sapporo", "大通西四丁目", 43.0618, 141.3545}, {"BR", "S\xe3o Paulo", "Avenida Paulista", -23.5505, -46.6333},
	{"NL", "Utrecht", "Oudegracht", 52.0907, 5.1214}, {"CH", "Z\xfcrich", "Bahnhofstraße", 47.3769, 8.5417},
	{"NZ", "Wellington", "Cuba Street", -41.2866, 174.7756}, {"PT", "\xc9vora", "Rua 5 de Outubro", 38.5714, -7.9135},
}

var tiers = []string{"bronze", "silver", "gold", "platinum"}

var tagNames = []string{"newsletter", "b2b", "beta", "vip"}

var (
	goodsAdjectives = []string{"Enamel", "Walnut", "Linen", "Copper", "Recycled", "Folding", "Ceramic", "Merino", "Smart", "Vintage"}
	goodsNouns      = []string{"Teapot", "Desk Lamp", "Backpack", "Fountain Pen", "Sourdough Kit", "Bike Bell", "Headphones", "Notebook A5", "Kettle", "Scarf 🧣"}
	goodsForeign    = []string{"抹茶茶碗 🍵", "Ковёр ручной работы", "Crème brûlée torch", "青い傘 ☂️", "Żubrówka mug", "한지 노트"}
	colors          = []string{"red", "teal", "sand", "black", "grün", "青"}
)

var orderNotes = []string{
	"ring twice", "Bitte beim Nachbarn abgeben \x96 M\xfcller", "laisser \xe0 la loge, s\x92il vous pla\xeet", "gift wrap please",
	"Caf\xe9 entrance", "no rush", "Stra\xdfe gesperrt, Zufahrt \xfcber Hof",
}

var itemComments = []string{"engrave: “für Zoë”", "size M", "第二个颜色", "as a 🎁", "without box"}

var currencies = []string{"EUR", "EUR", "EUR", "USD", "GBP", "JPY"}

var payMethods = []string{"card", "card", "card", "paypal", "sepa", "invoice", "giftcard"}

var userAgents = []string{
	"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15",
	"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
	"Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148",
	"ShopApp/7.2.1 (Android 15; de_DE)", "curl/8.7.1",
}
