package language

// maxProfiles bounds the array of scores; a test holds it.
const maxProfiles = 64

// profiles are the languages that share their script with others.
var profiles = [...]profile{
	{"en", latin, `the of and to in a is that for it as was with be by on not he his but at are this have from they which one you were
		her all she there would their we him been has when who will more no if out so said what up its about into than them can only other
		new some could time these two may then do first any my now such like our over man me even most made after also did many before must
		through years where much your way well down should because each just those people how too little state good very make world still own
		see men work long get here between both being under never day same another know while last might us off come since against go came right
		used take three says say police court killed dead death dies talks strike minister president government report could amid attack fire crash
		found shut closed opens bridge cracks war deal vote election party leader chief city council school hospital
		monday tuesday wednesday thursday friday saturday sunday january february march april june july august october december with its your against ahead
		amid top plan plans set sets sees see gets get takes make makes wins win loses lost rise rises rising fall falls fell drops drop higher lower
		report reports sales growth shares stocks price prices bank data show shows finds find study how why what when best first look big huge hit hits
		back next week season star stars new year release released releases launch launches launched reveals revealed unveils show review watch game video
		company oil health risk drug cancer people family woman man girl boy`, "", "ing ght tion ness ould ity ally ters"},
	{
		"de", latin, `der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach
		wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde sei wenn können
		gegen vom schon ich kann unter wir seit ihr keine sagte jahr jahre jahren uhr polizei regierung nach tote verletzte brücke gesperrt wegen
		präsident minister will soll neue neuer deutschland angriff prozess brand unfall ihre seine diese dieser beim ohne zwei drei
		montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz mai juni juli oktober dezember nachdem worden sagt erste`, "ßäöü",
		"ung keit heit lich isch chen ungen",
	},
	{
		"fr", latin, `de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se il ce sont avec ou son mais comme on lui nous
		cette ses ont été aux elle être fait leur sa deux même ces dont si tout d l n s qu c j selon après avant entre sans ans contre très aussi
		était où police président ministre gouvernement mort morts pont fermé accord grève feu attaque élection nouveau nouvelle depuis jour
		lundi mardi mercredi jeudi vendredi samedi dimanche janvier février avril mai juin juillet août septembre octobre novembre décembre`,
		"éèêàçùûîôœëïâ", "eux ement ait aient ée ées ité eurs",
	},
	{"es", latin, `de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha me sin sobre este ya entre
		cuando todo esta ser son dos también fue había era muy años hasta desde está mi porque qué sólo han yo hay vez puede todos así nos ni
		parte tiene él uno donde bien tiempo mismo ese ahora cada e vida otro después te otros aunque esa eso hace otra gobierno tan durante
		policía presidente ministro muertos muerte puente cerrado acuerdo huelga tras según contra nueva nuevo ataque elecciones
		lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
		después`, "ñáéíóú¿¡", "ción dad ando iones mente"},
	{
		"pt", latin, `de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua ou ser quando muito
		há nos já está eu também só pelo pela até isso ela entre era depois sem mesmo aos ter seus quem nas me esse eles estão você tinha foram
		essa num nem suas meu às minha têm numa pelos elas havia seja qual será nós tenho lhe deles essas esses polícia presidente ministro governo
		mortos morte ponte fechada acordo greve após segundo contra nova novo ataque eleições anos diz
		segunda terça quarta quinta sexta sábado domingo feira janeiro fevereiro março abril maio junho julho setembro outubro novembro dezembro`,
		"ãõçáéêíóôúà", "ção ções dade ando mente",
	},
	{
		"it", latin, `di e il la che in a per un del è non una i le si con da dei al come più o lo della gli sono ha alla ma su anche nel dal delle
		se ci ai questo due dalla nella stato era essere fatto ancora degli dopo tra quando molto loro solo prima tutti tutto chi sua suo hanno
		cui anni contro senza così alle perché quella quello nei polizia presidente ministro governo morti morte ponte chiuso accordo sciopero
		secondo nuova nuovo attacco elezioni dice stata oggi
		lunedì martedì mercoledì giovedì venerdì sabato domenica gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre dicembre`,
		"àèìòù", "zione zioni ità mente ando",
	},
	{"nl", latin, `de en van het een in is dat op te zijn met voor niet die aan er om hij ook als dan maar bij nog uit worden door naar heeft tot ze
		werd zich wel over hun of kan meer was geen haar ik je wat we deze dit al zo veel hebben had onder moet zal tegen jaar toen kunnen mensen
		na nieuwe politie minister regering president doden brug gesloten akkoord staking volgens brand ongeluk aanval twee drie
		maandag dinsdag woensdag donderdag vrijdag zaterdag zondag nadat hadden tweede eerste derde zei gemeente zijn waren januari februari maart mei juni
		juli augustus`, "", "heid lijk ijke ingen"},
	{"sv", latin, `och i att det som en på är av för med till den har de inte om ett han men var jag sig från vi så kan när hon man under ut eller
		efter vid nu hade nya sin skulle mot varit blir mycket där alla bara också ska över ha in här än då två andra finns år säger polisen
		regeringen statsminister döda bron stängd strejk enligt brand olycka attack valet
		måndag tisdag tisdagen onsdag onsdagen torsdag fredag lördag söndag`, "åäö", "ning het arna orna"},
	{"da", latin, `og i at det en er til på af for med den de ikke som har der et jeg men var han sig fra vi så kan hun om efter ved nu eller blev
		være havde over da ud end også når hvor kun skal vil mod år under to siger politiet regeringen statsminister døde broen lukket strejke ifølge
		brand ulykke angreb valget mere mange alle andre blive bliver efter op hvad noget
		mandag tirsdag onsdag torsdag fredag lørdag søndag`, "æøå", "ning hed erne"},
	{"nb", latin, `og i det er på som en til å av for at med har ikke den de et jeg men var han seg fra vi så kan hun om etter ved nå eller ble
		være hadde over da ut enn også når hvor bare skal vil mot år under to sier politiet regjeringen statsminister døde broen stengt streik ifølge
		brann ulykke angrep valget mer mange alle andre bli blir opp hva noe ein eit ikkje
		mandag tirsdag onsdag torsdag fredag lørdag søndag`, "æøå", "ning het ene"},
	{"fi", latin, `ja on ei se että hän oli ovat mutta kun myös joka sen ole kuin tai niin voi jos nyt vain mukaan jo mitä sekä ollut olisi jälkeen
		tämä kanssa joissa hänen kuitenkin noin vuonna vielä ennen vuotta ne tässä mies sanoo poliisi hallitus pääministeri kuoli silta suljettu
		lakko presidentti uusi suomen suomi`, "äö", "ssa ssä sta stä lla llä sen nen"},
	{"is", latin, `og í að á er sem um til með fyrir við það var ekki en hann af hefur þetta eru frá þeir hún svo verið eftir segir því þar eða
		verður lögreglan ríkisstjórn forseti ráðherra brú lokað ár`, "þðýæ", ""},
	{"et", latin, `ja on ei et see oli kui ka mis ta aga või oma kes nii selle siis kuid seda veel välja tema pärast peab aasta ning olid ütles
		politsei valitsus president minister sild suletud eesti uus enne kohta`, "õäöü", "sse mise"},
	{"lv", latin, `un ir ar no par uz kas ka arī bet vai tas pēc gada kā nav tika līdz savu viņš lai pie tā to latvijas policija valdība
		prezidents ministrs tilts slēgts jau gan būs teica`, "āēīūčģķļņšž", "ību šana"},
	{"lt", latin, `ir kad yra su iš į bei tai buvo kaip bet apie per dėl taip jo ne ar nuo po metų lietuvos policija vyriausybė prezidentas
		ministras tiltas uždarytas jau bus jis pagal sakė dar`, "ąčęėįšųūž", "ių ams"},
	{"pl", latin, `i w na z się nie do to że o jest jak za od po co ale przez dla są tak czy był tym już tylko było jego przed może roku oraz ich
		gdy lat przy które który która będzie podczas policja rząd prezydent minister most zamknięty strajk po według nowy nowa pożar wypadek atak
		wybory powiedział
		poniedziałek wtorek środę środa czwartek piątek sobotę niedzielę`, "ąćęłńśźż", "ość nia ego ych owy"},
	{"cs", latin, `a v se na je že o s z do to i ve za by pro jako po ale jsou byl k podle co který která které od nebo jeho bylo když také až
		už není jen při mezi roku let proti před byla aby bude více policie vláda prezident ministr most uzavřen stávka nový nová požár nehoda útok
		volby řekl této tím jsem`, "ěřůčšžýáíéúťď", "ých ého ách"},
	{"sk", latin, `a v sa na je že o s z do to i vo za by pre ako po ale sú bol k podľa čo ktorý ktorá ktoré od alebo jeho bolo keď tiež až už nie
		je len pri medzi roku rokov proti pred bola aby bude viac polícia vláda prezident minister most uzavretý štrajk nový nová požiar nehoda útok
		voľby povedal tejto`, "ľĺŕôäčšžýáíéúť", "ých ého ách"},
	{"sl", latin, `in je v na se za da so ki pa z po s tudi bi kot od ne ali pri iz o do ter kar bo še že pred bil bila med leta let policija vlada
		predsednik minister most zaprt stavka nov nova požar nesreča napad volitve dejal`, "čšž", "nje ega"},
	{"hr", latin, `i je u na se da su za od s o koji a ne će to kako ali iz što koja po do kao bi te sam nije koje godine prema nakon bio bila
		više samo ili još već zbog prije policija vlada predsjednik predsednik ministar most zatvoren štrajk novi nova požar nesreća napad izbori
		rekao kazao`, "đćčšž", "nje ega"},
	{"hu", latin, `a az és hogy nem is egy van ez meg de már csak volt azt ha mint még el vagy amely után szerint két lehet között kell majd ki
		fel minden mert év évi magyar rendőrség kormány elnök miniszter híd lezárták sztrájk új tűz baleset támadás választás mondta`, "őűáéíóöúü", "ban ben nak nek ság ség ból ből"},
	{
		"ro", latin, `de și şi în a la cu pe că nu o care din pentru mai un este sunt au fi ce am a fost prin după dar al ale ca sau său ar despre când
		între până lui foarte acest ani poliția guvernul președintele ministrul pod închis grevă morți nou nouă incendiu accident atac alegeri spus`,
		"ăâîșțşţ", "ului ilor ția ții",
	},
	{"tr", latin, `ve bir bu da de için ile olarak çok daha en gibi ne ama kadar sonra olan o var ise mi değil her göre diye ki yeni büyük iki
		olduğunu dedi yıl türkiye polis hükümet cumhurbaşkanı başkanı bakanı bakan köprü kapatıldı grev saldırı yangın kaza seçim karşı öldü ya
		pazartesi salı çarşamba perşembe cuma cumartesi pazar`, "ğışçöü", "lar ler nin nın dan den lik"},
	{"az", latin, `və bir bu da də üçün ilə olan çox daha kimi sonra var isə deyil görə ki edib edən yeni böyük iki deyib il azərbaycan polis
		prezidenti nazir körpü bağlandı`, "əğışçöü", ""},
	{"vi", latin, `và của là có trong được cho các một với không người đã này khi để những đến từ về ra tại theo sau vào ông nhiều năm như bị
		trên cũng hai còn đó công an thủ tướng cầu`, "ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ", ""},
	{"id", latin, `yang dan di dengan untuk pada ini dari dalam tidak itu akan adalah ke juga oleh telah kepada sebagai ada mereka bisa saat atau
		lebih karena tersebut sudah para bahwa saya kata hari tahun dia orang setelah polisi pemerintah presiden menteri jembatan ditutup tewas
		indonesia secara satu dua kami baru`, "", "kan nya"},
	{"tl", latin, `ang ng sa na mga at ay si ni para ito hindi kay niya mula may nang kung siya din ko ka pa lang isang sila kanyang ayon pulis
		pangulo tulay sarado patay matapos`, "", ""},
	{"ca", latin, `de la el i que a en els les un del per una amb és al no es ha les dels més com però són va han o aquest aquesta s l d seva seu
		també fins entre sobre molt anys després contra sense ser estat tot policia president govern pont tancat acord vaga nou nova segons`, "çàèéíïòóúü", "ció ment"},
	{"gl", latin, `de a o que e do da en un para é con non unha os no se na por máis as dos como pero foi ao el das ten á seu súa ou ser cando moi
		hai xa está tamén só polo pola ata isto ela entre era despois sen mesmo aos ter segundo contra nova novo anos goberno policía ponte pechada
		acordo folga tras`, "ñáéíóú", ""},
	{"eu", latin, `eta da du ez zen ere bat izan dute hau baina dira zuen egin den dela baino urte beste gabe arte bere aurka ondoren gobernua
		polizia lehendakaria zubia itxi dugu`, "", ""},
	{"sq", latin, `të e në dhe për një me që i nga se është do ka më nuk si janë u kjo por ishte ai ku duke edhe pas policia qeveria presidenti
		ministri ura mbyllur vit`, "ëç", ""},
	{"af", latin, `die en van in het is wat vir te dat nie op met hy sy aan as om ook by nog uit deur maar sal was hulle ons kan so na word geword
		jaar polisie regering minister brug gesluit volgens oor`, "", ""},
	{"sw", latin, `ya na wa kwa ni katika la za hiyo kuwa cha huo yake hii huyo lakini baada watu wake pia kama alisema mwaka polisi serikali rais
		waziri daraja kufungwa`, "", ""},
	{"cy", latin, `y yn a i o ar yr am mae ei bod wedi gan gyda fod hefyd eu nid ond oedd ac er mwyn yw ers bydd heddlu llywodraeth pont cau`, "ŵŷ", ""},
	{"ga", latin, `an na agus ar i a is go le sa do ag tá bhí ní nach seo sin air ach faoi mar chun leis níos bhfuil dúirt gardaí rialtas droichead dúnta`, "áéíóú", ""},
	{"mt", latin, `li u ta il l ma fuq minn għal kien kienet dan dwar jew biex hija huwa wara qal pulizija gvern pont magħluq`, "ġħċż", ""},
	{"uz", latin, `va bilan bu uchun bir ham da edi emas yoki haqida bo o kerak hamda deb ga ni dan yil prezident vaziri`, "", ""},

	{"ru", cyrillic, `и в не на что с он по как это к но из у за от то же о так его для мы бы вы только или ее был до если все уже при быть также
		после года сообщил сообщает во со они было были есть этом того между где россии полиция президент министр мост закрыт погибли лет
		которые который
		понедельник вторник среду четверг пятницу субботу воскресенье`, "ыэё", "ого ение ться"},
	{"uk", cyrillic, `і в не на що з він по як це до але із у за від та же про так його для ми би ви тільки або її був якщо всі вже при бути
		також після року повідомив й є які який між де україни поліція президент міністр міст закрито загинули
		понеділок вівторок середу четвер суботу неділю`, "іїєґ", "ого ення ться"},
	{"be", cyrillic, `і ў не на што з ён па як гэта да але із у за ад і таксама пра яго для мы быў калі ўсе ўжо пасля года паведаміў якія які
		беларусі паліцыя прэзідэнт міністр мост`, "ўі", ""},
	{"bg", cyrillic, `и на в да се за от е с не са по че това като до при или ще със след които който според има във между но така през полиция
		президент министър мост затворен загинали години каза още само няма`, "ъ", "ите ата ето"},
	{"sr", cyrillic, `и је у на се да су за од с о који а не ће то како али из што која по до као би те није које године према након био била више
		само или још већ због пре полиција влада председник министар мост затворен рекао`, "јљњћђџ", ""},
	{"mk", cyrillic, `и на во да се за од е со не ќе што тоа како до по ги или кој која кои според има но така само повеќе полиција
		претседател министер мост затворен години рече`, "ѓќѕјљњџ", ""},
	{"kk", cyrillic, `және бұл бір үшін мен да де бар деп ол болып жылы қазақстан президенті туралы кейін үкімет көпір`, "әғқңөұүһ", ""},
	{"mn", cyrillic, `нь бөгөөд энэ байна юм болон гэж онд монгол улсын ерөнхийлөгч гүүр`, "өү", ""},

	{"ar", arabic, `في من على أن إلى عن التي الذي مع هذا هذه ما لا بعد كان قد ذلك بين كما قال أو وقال خلال حتى كل منذ قبل لم إن ولا وفي
		الشرطة الرئيس وزير الحكومة الجسر`, "ةىأإؤئ", ""},
	{"fa", arabic, `و در به از که این را با است برای آن تا یک بر خود می هم نیز شد کرد بود شده پس های اما گفت پلیس دولت وزیر پل بسته`, "پچژگ", ""},
	{"ur", arabic, `کے کی میں کا ہے اور سے کو نے پر کہ یہ اس ہیں بھی کر ایک تھا جو گیا نہیں ہو تو بعد پولیس حکومت صدر وزیر پل بند`, "ٹڈڑےںہ", ""},
	{"ckb", arabic, `لە بە و کە بۆ ئەو لەگەڵ ئەم دوای سەر پۆلیس سەرۆک پرد`, "ۆێەڵڕ", ""},
	{"ps", arabic, `په د او چې له کې ته دی دا یې سره شوی هم پولیسو`, "ښځڅړډټۍې", ""},

	{"hi", devanagari, `के में की है और से का को ने पर कि एक यह भी हैं नहीं हो इस तो कर था लिए गया कहा बाद रहे साथ उन्होंने पुलिस सरकार पुल
		मंत्री राष्ट्रपति`, "", ""},
	{"mr", devanagari, `आणि आहे या व च्या ते हे की मध्ये तर आहेत होते केले एक नाही त्यांनी पोलिस सरकार पूल मंत्री करण्यात यांनी असे झाली`, "ळ", ""},
	{"ne", devanagari, `र को मा छ हो का पनि ले गर्ने यो छन् भने भएको लागि गरेको प्रहरी सरकार पुल मन्त्री थियो गर्न`, "", ""},
}
