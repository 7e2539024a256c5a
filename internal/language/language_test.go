package language

import "testing"

var samples = []struct{ tag, text string }{
	{"en", "The bridge was closed on Tuesday after divers found cracks in its second pier, the council said."},
	{"de", "Die Brücke ist am Dienstag gesperrt worden, nachdem Taucher Risse im zweiten Pfeiler gefunden hatten."},
	{"fr", "Le pont a été fermé mardi après que des plongeurs ont trouvé des fissures dans la deuxième pile."},
	{"es", "El puente fue cerrado el martes después de que los buzos encontraran grietas en el segundo pilar."},
	{"pt", "A ponte foi fechada na terça-feira depois que mergulhadores encontraram fissuras no segundo pilar, disse o conselho."},
	{"it", "Il ponte è stato chiuso martedì dopo che i sommozzatori hanno trovato delle crepe nel secondo pilone."},
	{"nl", "De brug is dinsdag gesloten nadat duikers scheuren hadden gevonden in de tweede pijler, zei de gemeente."},
	{"sv", "Bron stängdes på tisdagen efter att dykare hittat sprickor i den andra pelaren, säger kommunen."},
	{"da", "Broen blev lukket tirsdag, efter at dykkere havde fundet revner i den anden pille, siger kommunen."},
	{"nb", "Broen ble stengt tirsdag etter at dykkere hadde funnet sprekker i den andre pilaren, sier kommunen."},
	{"fi", "Silta suljettiin tiistaina sen jälkeen, kun sukeltajat olivat löytäneet halkeamia, kaupunki sanoo, mutta se ei ole vielä auki."},
	{"is", "Brúnni var lokað á þriðjudag eftir að kafarar fundu sprungur í henni, segir í tilkynningu."},
	{"et", "Sild suleti teisipäeval, kui tuukrid olid leidnud selle sambast praod, ütles linn, kuid see ei ole veel kõik."},
	{"lv", "Tilts tika slēgts otrdien, pēc tam kad ūdenslīdēji atrada plaisas, un tas nav viss."},
	{"lt", "Tiltas buvo uždarytas antradienį, kai narai rado įtrūkimų, bet tai dar ne viskas."},
	{"pl", "Most został zamknięty we wtorek po tym, jak nurkowie znaleźli pęknięcia w drugim filarze, i nie jest to koniec."},
	{"cs", "Most byl v úterý uzavřen poté, co potápěči našli trhliny v druhém pilíři, uvedlo město, které je podle něj bezpečné."},
	{"sk", "Most bol v utorok uzavretý po tom, ako potápači našli trhliny v druhom pilieri, ktorý je podľa mesta bezpečný."},
	{"sl", "Most je bil v torek zaprt, potem ko so potapljači našli razpoke, in tudi danes še ne bo odprt."},
	{"hr", "Most je u utorak zatvoren nakon što su ronioci pronašli pukotine, a policija je rekla da nije otvoren."},
	{"hu", "A hidat kedden lezárták, miután a búvárok repedéseket találtak, és még nem tudni, hogy mikor nyitják meg."},
	{"ro", "Podul a fost închis marți, după ce scafandrii au găsit fisuri în al doilea pilon, și nu este încă deschis."},
	{"tr", "Köprü, dalgıçların ikinci ayakta çatlak bulmasının ardından salı günü kapatıldı ve bir süre daha açılmayacak."},
	{"vi", "Cây cầu đã bị đóng cửa hôm thứ Ba sau khi thợ lặn phát hiện các vết nứt trong trụ."},
	{"id", "Jembatan itu ditutup pada hari Selasa setelah penyelam menemukan retakan yang tidak terlihat dari atas."},
	{"ca", "El pont es va tancar dimarts després que uns bussos trobessin esquerdes, però amb això no n'hi ha prou, segons el govern."},
	{"sq", "Ura u mbyll të martën pasi zhytësit gjetën të çara në shtyllën e dytë, dhe nuk është e hapur."},
	{"sw", "Daraja hilo lilifungwa baada ya wapiga mbizi kugundua nyufa katika nguzo ya pili, alisema waziri wa serikali."},
	{"ru", "Мост закрыли во вторник после того, как водолазы нашли трещины во второй опоре, сообщил совет."},
	{"uk", "Міст закрили у вівторок після того, як водолази знайшли тріщини в другій опорі, повідомив він."},
	{"be", "Мост закрылі ў аўторак пасля таго, як вадалазы знайшлі расколіны, і гэта яшчэ не ўсё."},
	{"bg", "Мостът беше затворен във вторник, след като водолази откриха пукнатини, и още не е отворен."},
	{"sr", "Мост је затворен у уторак након што су рониоци пронашли пукотине, рекао је министар."},
	{"mk", "Мостот е затворен во вторник откако нуркачи нашле пукнатини, и ќе остане затворен, рече министерот."},
	{"kk", "Көпір сейсенбіде жабылды, және бұл туралы үкімет кейін хабарлады."},
	{"ar", "أغلق الجسر يوم الثلاثاء بعد أن عثر غواصون على شقوق في الدعامة الثانية، وقال المجلس إنه لا يعرف متى يفتح."},
	{"fa", "پل روز سه\u200cشنبه پس از آن که غواصان ترک\u200cهایی پیدا کردند بسته شد و این را دولت گفت."},
	{"ur", "پل کو منگل کے روز بند کر دیا گیا جب غوطہ خوروں نے اس میں دراڑیں دیکھیں، پولیس نے کہا ہے۔"},
	{"hi", "गोताखोरों को दूसरे खंभे में दरारें मिलने के बाद मंगलवार को पुल बंद कर दिया गया है।"},
	{"mr", "पाणबुड्यांना दुसऱ्या खांबात तडे आढळल्यानंतर मंगळवारी पूल बंद करण्यात आला आहे, असे त्यांनी सांगितले."},
	{"ne", "गोताखोरले दोस्रो खम्बामा चिरा भेटेपछि मंगलबार पुल बन्द गरेको छ र यो थप केही दिन बन्द हुने भएको छ।"},
	{"zh", "潜水员在第二个桥墩发现裂缝后，这座桥于星期二关闭。"},
	{"ja", "ダイバーが橋脚に亀裂を発見したため、橋は火曜日に閉鎖された。"},
	{"ko", "잠수부들이 교각에서 균열을 발견한 뒤 다리가 화요일에 폐쇄됐다."},
	{"el", "Η γέφυρα έκλεισε την Τρίτη, αφού δύτες βρήκαν ρωγμές."},
	{"he", "הגשר נסגר ביום שלישי לאחר שצוללנים מצאו סדקים."},
	{"th", "สะพานถูกปิดเมื่อวันอังคารหลังจากนักดำน้ำพบรอยร้าว"},
	{"bn", "ডুবুরিরা ফাটল খুঁজে পাওয়ার পর মঙ্গলবার সেতুটি বন্ধ করা হয়।"},
	{"ka", "ხიდი სამშაბათს დაიხურა."},
}

func TestOf(t *testing.T) {
	for _, s := range samples {
		if tag, sure := Of(s.text); tag != s.tag {
			t.Errorf("%s: got %q (%.2f): %s", s.tag, tag, sure, s.text)
		}
	}
}

func TestHeadlines(t *testing.T) {
	for _, s := range []struct{ tag, text string }{
		{"en", "Bridge shut after cracks found in pier"},
		{"en", "Minister says talks will go on"},
		{"de", "Brücke nach Fund von Rissen gesperrt"},
		{"fr", "Un pont fermé après la découverte de fissures"},
		{"es", "Cierran el puente tras hallar grietas en un pilar"},
		{"it", "Chiuso il ponte dopo la scoperta di crepe"},
		{"pt", "Ponte fechada após a descoberta de fissuras não tem data para reabrir"},
		{"nl", "Brug gesloten na vondst van scheuren"},
		{"pl", "Most zamknięty po odkryciu pęknięć"},
		{"ru", "Мост закрыт после того, как нашли трещины"},
	} {
		if tag, sure := Of(s.text); tag != s.tag {
			t.Errorf("%s: got %q (%.2f): %s", s.tag, tag, sure, s.text)
		}
	}
}

func TestUnsure(t *testing.T) {
	for _, text := range []string{"", "1/34", "OK", "Ostermouth", "Tamsin Orchard", "Reuters AFP dpa", "!!!", "\xff\xfe"} {
		if tag, sure := Of(text); tag != "" || sure < 0 || sure > 1 {
			t.Errorf("%q: got %q (%.2f), want none", text, tag, sure)
		}
	}
}

func TestSame(t *testing.T) {
	for _, pair := range [][2]string{{"en", "en-GB"}, {"nb", "no-NO"}, {"hr", "sr-Latn"}} {
		if !Same(pair[0], pair[1]) {
			t.Errorf("%s and %s differ", pair[0], pair[1])
		}
	}
	if Same("en", "de") || Same("zz", "qq") {
		t.Error("different languages are the same")
	}
}

func TestTables(t *testing.T) {
	if len(profiles) > maxProfiles {
		t.Errorf("%d profiles, room for %d", len(profiles), maxProfiles)
	}
}

func BenchmarkOf(b *testing.B) {
	text := ""
	for len(text) < 6000 {
		text += samples[0].text + " "
	}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Of(text)
	}
}

func FuzzOf(f *testing.F) {
	for _, s := range samples {
		f.Add(s.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if _, sure := Of(text); sure < 0 || sure > 1 {
			t.Errorf("%q: confidence %g", text, sure)
		}
	})
}
