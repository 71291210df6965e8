/// What common passwords are made of: words in small letters, between blanks.
enum CommonWords {
    /// 125 of Ukrainian offices: what stands on the calendar, on the door and on the map.
    private static let ukrainian = """
        administrator dnipro kancelaria kartoteka kryvbas kryvyirih kyiv miskrada slavaukraini ukraina ukraine
        vykonkom zvernennia адмін адміністратор андрій анна березень богдан василь вересень весна виконком
        володимир волонтер вхід відділ віктор віра галина героямслава громада громадяни грудень гість динамо
        директор дмитро дніпро доступ жовтень запоріжжя звернення зима йцукен канцелярія картотека катерина
        квітень керівник київ козак комп компютер користувач кохання кривбас кривийріг липень листопад львів
        любов любовь людмила лютий літо максим марина марія машина мерія микола мрія міськвиконком міськрада
        надія наташа начальник одеса оксана олександр олена ольга оператор осінь пароль парольпароль пароля
        петро полтава понеділок привет привіт реєстратор робота роман світлана секретар сергій серпень система
        слава славаукраїні сонечко сонце січень тарас тетяна травень украина україна україно футбол фівапр
        харків херсон червень шахтар шевченко юлія ярослав ячсмить іван інтернет ірина
        """

    /// 4000 most frequent words of leaked passwords, digits at their ends taken off (zxcvbn 4.5.0, MIT; see deploy/copyright).
    private static let leaked = """
        aaaaa aaasss aaliyah aardvark aaron abcd aberdeen abgrtyu abnormal abrakadabra absolut abstr access accord
        achilles achtung acmilan action acura adam adgjmp adgjmptw adidas admin adonis advent aezakmi agent aggies
        aikido aikman airborne airbus airforce airplane airwolf akira alabama aladin alaska albany albatros albion
        alchemy alejandr aleksandr aleksandra aleksey alenka alessandro alex alexande alexandr alexandre alexey
        alexis alfa alibaba alice aliens allmine allsop allstar aloha alpha alphabet alpine altima alucard amadeus
        amand amanda amateur amateurs amazon amber ambers americ america amerika amigo amigos amorcit amore amsterda
        amsterdam anaconda anai anakin anal analsex anarchy anastasi anastasiya andrea andrei andrew andrey andromed
        andromeda andyod anfield angel angels angelus angus anhyeuem animal anime annie antares antelope anthon
        anthony anthrax antoni anubis apache apollo apple applepie apples april aptiva aquarius aragorn aramis
        arcadia area argentin aries arizona arjay armada armagedon armani armstron arrow arrows arsenal artem
        artemis artemka artur asdasd asddsa asdf asdfasdf asdfg asdfgh asdfghj asdfghjk asdfghjkl asdfjkl asdfzxcv
        asdqwe asdzxc asgard ashle ashley asians asimov aspen aspire aspirine assasin assassin assfuck asshole
        assholes assman assword asterix astra astral astro astros athlon atlanta atlantis atomic attila auburn audi
        audia auditt auggie aussie austin australi avalanch avalon avatar avenger awesome azamat azazel azerty
        azertyui azsxdc azsxdcfv babe babes babyblue babyboy babydoll babyface babygirl babylon babylove bacardi
        bacchus backdoor badass badboy baddog badger badgers badgirl badman baggins baggio bagira bahamut bailey
        baller ballin balloon balloons balls bambam bamboo banana bananas banane bandit bang banger bangkok banker
        banner banshee banzai barbados barbie barcelon barcelona barefoot baritone barkley barney barselona barsik
        bartman basebal baseball basket basketba basset bassman bastard batman bayern bcfields bdsm beach beaches
        beagle beaker beamer beaner beanie bear bearcat bearcats beardog beast beastie beater beatle beatles
        beautifu beauty beaver beavis beckham beefcake beemer beer beerman beetle beezer bella belmont benfica beng
        bengals beowulf beretta bergkamp berlin bestbuy bhbirf bian biao biatch bicycle bigass bigballs bigbang
        bigbear bigben bigbird bigblock bigblue bigbob bigboobs bigbooty bigboss bigboy bigbutt bigcat bigcock
        bigdaddy bigdawg bigdick bigdog bigfish bigfoot biggie biggles bigguy bighead bigmac bigman bigmike bigmoney
        bigone bigones bigpimp bigpoppa bigred bigsexy bigtime bigtit bigtits biker bikini bilbo billy billybob
        billyboy bimbo bimmer bing bingo binladen bird birddog birdie birdman biscuit bismillah bitch bitchass
        bitches bitchy biteme bizkit blabla black blackbir blackcat blackdog blackhaw blackie blackjac blackjack
        blackout blacks blacky blade blades blahblah blam blaster blaze blazer blessed blessing blink blizzard
        blonde blondes blondie blowfish blowjob blowme blue blueball bluebell bluebird blueboy bluedog blueeyes
        bluefish bluejays bluemoon blues bluesky bluesman boater boating bobafett bobby bobcat bobdole bobdylan
        boeing bogart bogdan bogey bohica boiler bolitas bollocks bollox bologna bombay bomber bombers bond bondage
        bonehead boner bones bonjour bonjovi bonkers bonsai boob boobie boobies booboo boobs booger boogie bookie
        bookworm boomboom boomer booster bootie boots booty bootys boozer borabora bordeaux boricua borussia bosco
        bossman boston bounce bounty bowler bowling bowwow boxer boxers boxing boxster boytoy bozo brando brandon
        brandy brasil braves brazil breast breasts breeze bremen brian bricks brighton bristol britney brodie broker
        bronco broncos brooklyn brown brownie browns bruce brucelee bruins bruiser bruno brutus bubba bubbas bubble
        bubbles buceta bucket buckeye buckeyes buckshot budapest buddah buddha buddie buddy buddyboy budlight budman
        budweise budweiser buffalo buffett buffy bugger builder bukkake bull bulldog bulldogs bullet bullfrog bulls
        bullseye bullshit bummer bumper bunghole bunnies bunny burger burrito bushido buste buster busty butch
        butter buttercu butterfl butterfly buttfuck butthead butthole buttman buttons buzzard byteme cabbage cabron
        cactus cadillac caesar calgary calibra calico caliente californ caligula calimero callisto callum camaro
        camaross cambiami camden camel camelot camels cameltoe camero cameron camper canada cancer cancun candle
        candy candyman cang cannabis canon cantona canuck canucks capecod capetown capone capricor capricorn
        capslock captain caramel caravan cardinal carlito carlitos carlos carmex carnage carnival carolina carpedie
        carpente carpet carrera carrot cartman cartoon casanova caserta casey casino casper cassandr cassie catch
        catdog catfish catherin catman cats catwoman cavalier caveman cayman ccbill cdtnbr cdtnkfyf ceasar celeb
        celeron celica celine celtic celtics ceng cent cerberus cessna cevthrb cfitymrf cgfhnfr chai chainsaw
        challeng champ champion champs changeme chao chaos charger chargers charles charli charlie charlott charlton
        charly charmed charon chase chaser cheater checkers cheddar cheech cheeks cheers cheese cheetah chelse
        chelsea cherokee cherries cherry cheshire chester chevelle chevrole chevrolet chevy chevys chewie cheyenne
        chiara chicago chichi chicken chickens chicks chico chiefs chilli chillin chilly chimera chinook chipmunk
        chipper chippy chivas chloe chocha chocolat choochoo chopin chopper chou chris chrisbln chriss chrissy
        christ christia christin christma christop chrome chronic chrono chrysler chuai chuang chubby chuckie
        chuckles chucky chui chunky chuo ciccio cicero cigars cinder cindy cinnamon citadel citroen cjkysirj cjkywt
        clancy clapton clarinet classic classics claudi claymore clemson cleopatr clevelan climber clipper clippers
        clit clitoris cloud clouds clover clowns clutch cnfybckfd cobain cobalt cobra cobras cocacola cocaine cock
        cocker cocks cocksuck coconut codered coffee cohiba coke coldbeer coldplay colnago colombia colorado colors
        colt coltrane comanche comet commande commando compaq compass compute computer conan concord concorde
        concrete condom condor cong connect connor consumer cookie cookies coolcat cooldude cooler coolguy coolio
        coolman coolness coors cooter copper corleone corndog corolla corona corrado corsair corvette cosmic cosmo
        cosmos cosworth cougar cougars coventry cowboy cowboys cowgirl coyote cracker cramps crazy crazybab creampie
        creamy creative cricket crimson critter crjhgbjy cruise cruiser crunch crusader crusher crusty crysis
        crystal cthtuf cthulhu cthutq ctrhtn cuan cubbies cubswin cuddles cuervo cumming cumshot cunt cunts cupcake
        curious custom cutiepie cutlass cutter cxfcnmt cyber cyborg cyclone cyclops cygnus cygnusx cypress dabears
        daddy daddyo daemon daewoo dagger daisy dakota dalejr dallas dalshe dammit damnit dancer dang danger danie
        daniel daniil danila danni danny dannyboy danzig darkangel darklord darkman darkness darkside darkstar
        datsun david davide davids dawg daytona dbrnjh dbrnjhbz deadhead deadman deadpool death deejay deepthroat
        deeznuts deeznutz defender defiant deftones dejavu delete delfin delight delphi delta deluxe demo denali
        deng deniska depeche derf derparol desert designer desire deskjet destin destiny detroit deutsch devil
        devildog devils devo dexter dfcbkbq dfkthbz dfkthf dfktynby dfktynbyf dfvgbh dharma diablo dialog diamond
        diamonds diao diaper dick dickhead dickie dicks diehard diesel dietcoke dieter digger diggler digimon
        digital dilbert dildo dilligaf dima dimas dimples dinamo dinara dindom ding dingdong dinosaur dipshit
        dirtbike dirty disco discover disney diver divine django dkflbckfd dkflbr dkflbvbh dmitriy doberman doctor
        dodge dodger dodgeram dodgers dogbert dogboy dogcat dogface dogfood dogg dogger doggie doggies doggy
        doghouse dogman dogpound dogs dogshit dogwood doitnow dollar dolphin dolphins dominik dominion domino donkey
        dontknow donuts doobie doodle doofus doogie dookie doomsday dotcom doughboy dougie dracula drago dragon
        dragonba dragonball dragons dragoon drakon draven dreamer dreams drifter driver drizzt droopy drowssap
        drpepper drummer dthjybrf duan dublin ducati duchess duck duckie ducks duffman dumbass dundee dungeon
        durango duster dusty dutchess dynamite dynamo eagle eagles earnhard earthlink eastside eastwood eatme
        eatpussy eatshit eclipse eddie eduard edward eeyore eggman eggplant einstein ekaterina elcamino eldorado
        electra electric electro electron elefant element elephant elizabet elizaveta elvis emerald emily eminem
        empire enforcer engage engineer enigma enrico enter enterme enternow enterpri enterprise entropy epsilon
        eraser ericsson erotic erotica escort espresso eternal eternity eureka europa evangelion ever everest
        everlast everton evgeniy excalibu excalibur excite exigen exigent exodus exotic explorer express extreme
        fabie fabric facial faggot fairlane faith falcon falcons fallen fallout fandango fang fantasia fantasy
        fantomas farscape farside fart fastball faster fatass fatboy fatcat fatman fatty fearless feather felix
        fender feng fenris fenway fergie fergus fernand ferrari ferret fester fetish fghtkm fgtkmcby ficken fidelio
        fiesta figaro fighter filter finger fire fireball firebird firefigh firefly firefox fireman firewall fish
        fishbone fishes fishhead fishin fishing fisting fitness fkbyjxrf fktrcfylh fktrcfylhf fktrctq fktyrf flames
        flamingo flanker flash flasher flatron fletch flexible flipper floppy florian florida flounder flower fluffy
        flyboy flyers flyfish foobar footbal football fordf forest foreve forever forfun formula forsaken fortuna
        foryou fossil foxtrot foxy foxylady franc francesc francisc frank franky freaks freaky freckles freddy
        freebird freedom freefall freepass freeporn freesex freeuser freeway friday fright frisco frisky frodo frog
        frogger froggy frogman front frontier frosty fubar fuck fucked fucker fuckers fuckface fuckhead fuckher
        fucking fuckinside fuckit fuckme fuckoff fuckthis fucku fuckyo fuckyou fugazi fukkc fulham fullmoon funtime
        fusion fussball futbol fuzzy fyfcnfcbz fyfnjkbq fylhtq fytxrf fyutkbyf gabrie gabriel gabriell gadget gaell
        gagged gagging galant galaxy galina galore gambit gambler gameboy gamecock gamecube gameover gandalf ganesh
        gangbang gangsta gangster garden garfield gargoyle garion gasman gateway gator gatorade gators gawker
        gbhfvblf gbpltw gegcbr geheim gemini generic genesis geng genius georg george geronimo gerrard gesperrt
        getmoney getout getsome gfhjkm gfhjkmgfhjkm ghbdtn ghbdtnbr ghblehjr ghbywtccf ghetto ghjcnj ghjcnjgfhjkm
        ghjcnjnfr ghjuhfvvf ghost ghostrider giants gideon giggles gilles ginger giorgi giorgio giraffe girls gizmo
        gizmodo gjkbyf gladiato gladiator glamour globus glock gmoney goalie goat goaway gobears goblin goblue
        gobucks goddess godfathe godfather godlike godsmack godzilla gofish goforit goirish goku golden goldfing
        goldfish goldstar goldwing golf golfball golfer golfing goliath gollum gonavy gong gonzo goober good goodboy
        goodgirl goodie goodluck goodtime goofy google gooner goose gopher gordo gordon gorilla gotcha goten goth
        gothic gotmilk gotohell govols granny grapes gratis grease great greatone green greenbay greenday greens
        gregor gremlin grendel gretzky griffey grinch gringo grizzly gromit groove groovy groucho grumpy gryphon
        gsxr gtnhjdbx guai guang guardian guiness guinness guitar guitars gundam gunnar gunner gunners gustav guyver
        gymnast gypsy habibi hack hacked hacker haggis hairy halflife halifax hallo hambone hamburg hamish hamlet
        hammer hammers hamster handball handyman hannah hannibal hansolo happy happyday hardball hardcock hardcore
        harddick hardon hardone hardrock harlem harley harry harrypotter harvest hattrick havana havefun hawaii
        hawaiian hawkeye hawkeyes hayabusa hearts heater heather heaven heckfy hedgehog heidi heineken hejsan
        hellboy hellfire hello hellokitty helloo hellos hellyeah helmet helmut helper helpme hemi hendrix heng henry
        hentai herbie hercules hermes hershey hesoyam hetfield hewlett heynow hidden highbury highheel highland
        highlander hiphop hippie hitachi hithere hitler hitman hjccbz hjvfirf hobbes hobbit hockey hokies hola
        holiday holly hollywoo holycow holyshit homeboy homer homerj homers homerun honda hondas honey honeybee
        hongkong honolulu hookem hooker hookup hooligan hoops hoosier hoosiers hooter hooters hootie hopeful horizon
        horndog hornet hornets horney horny horse horses hotbox hotboy hotdog hotgirls hotone hotpussy hotred hotrod
        hotsex hotshot hotstuff hott hottie hotties hounddog house houston hover htubcnhfwbz huai hummer hunter
        hunting hurrican husker huskers huskies hustler hyperion iamgod ibanez iceberg icecream icehouse iceman
        idontkno idontknow idunno iforget iforgot igor iguana ihateyou ijrjkfl illini illusion ilove ilovegod
        iloveme ilovesex iloveu iloveyo iloveyou imation immortal impala impreza incubus indiana indians indigo
        inferno infiniti infinity insane insert insomnia inspiron install integra intel intercourse internet
        intrepid intruder inuyasha iomega ipswich irina irinka irish irishka irishman ironmaiden ironman iscool
        islander istanbul italia itsme ivanov ivanova iverson iwantu jabroni jackal jackass jackoff jackpot jackson
        jacob jagger jaguar jaguars jamaica james jamesbon jamesbond jamess jamie jammer jammin jarhead jasmine
        jason jasper java jaybird jayden jayhawk jayhawks jazzman jedi jeep jefferso jelly jellybea jenn jennife
        jenny jeremy jericho jerkoff jerry jessic jessica jester jesus jethro jets jetski jewels jezebel jiang jiao
        jiggaman jimbo jimbob jimmy jing jingle jiong jktxrf jktymrf jockey joebob johann johannes john johnboy
        johncena johndeer johndoe johngalt johnny johnson joker jokers jones jonny jorda jordan joseph josephin
        joshu joshua jrcfyf jsbach jubilee juggalo juice juicy julie julien jumbo jumper junebug jungle junior
        junkie jupiter justdoit justice justin justme juventus kahuna kakashka kaktus kalina kamikaze kamila
        kangaroo kansas karachi karate karen karina karolina kashmir kasper katana katarina katerina katie katrin
        kawasaki kazantip keeper keepout kelly keng kenshin kenwood kenworth kernel kerouac kestrel kevin keyboard
        keystone keywest kfgjxrf kfhbcf kickass kicker kidrock kieran killbill kille killer killers killjoy killme
        kilroy kimmie kingfish kingkong kingpin kingston kinky kipper kirill kirsty kisses kissme kissmyass kitkat
        kitten kittens kitty kittycat kittykat kjkszpj kjrjvjnbd klaste klaster kleopatra klingon klondike knickers
        knicks knight knights knockers knopka knuckles kodiak kojak kokomo kolobok komodo konstantin kool kordell
        korn koroleva korova koshka kosmos kostya kotaku kotenok krasotka krishna krolik krusty krypton ksenia
        ksusha ktyjxrf kuai kuang kume kungfu labrador labtec lacrosse ladybug laguna lakers lakeside lakewood
        lakota lalakers lambda lamer lancelot lancer lansing lantern laptop larisa larry laser lassie lasvega
        lasvegas latinas latino laura laurent lazarus leather leavemealone ledzep leedsutd legacy legend legion
        legolas lekker lemmein lemonade leng lennon lenochka leonid leopard leopold lesbian lesbians lespaul lestat
        letmei letmein letsgo lexmark lexus lfybbk liang liao liberty lick licker licking lickit lickme lifehack
        lighter lightnin lightning lights limewire linda lindros lineage lion lionking liquid lithium little
        liverpoo liverpool lizard lobster loco logan logitech loki lokomotiv lolipop lollipop lollol lollypop london
        lonestar lonewolf longbow longdong longhorn longjohn looker lookout looser loser losers lotus love lovebug
        loveit lovelife lovely loveme lover loverboy lovers lovesex loveya loveyou lowrider ltybcrf luan luca
        lucifer lucky luckydog ludmila lumber lust lvbnhbq macbeth macdaddy machine macman macross madcat maddie
        maddog madina madison madman madmax madness madonna maestro magelan magellan maggi maggie maggot magic
        magician magick magicman magnet magneto magnum magnus magpie magpies maiden mailcreated mailman majestic
        makaveli maksim maksimka malachi malaka malibu malice malina mallard mama mamacita mamamia mamapapa manchest
        manchester mancity mandarin mandingo mandrake mandy manfred mang mango maniac mankind manolo manowar manson
        mantis manutd maradona marathon marcello marcius margarit maria marie marijuan marijuana marika marina
        marine mariners marines marino mario mariposa marius mariya marker markie markiz marlboro marley marseill
        marseille martin martini maryjane masamune mason massive maste master matador matrix matteo matthe matthew
        matthias mature maveric maverick maxell maxim maxima maxime maximus maxwell maxx maxxxx mayday mayhem
        mazafaka mazda mazdarx mclaren meatball meathead meatloaf mechanic medic medion medusa medved megadeth
        megaman megan megane megapass megatron meister melissa mellon mellow memorex memphis menace meng mentor
        meowmeow mephisto mercedes mercury meridian merlin merlot mermaid mersedes messiah metallic metallica mets
        mexico miami mian miao michae michael michigan mick mickey micro microlab micron microphone microsof
        microsoft midget midnight midnite midway mighty mihail mike mikey milana milano milena milkman millenium
        miller millwall minecraft mingus minime mirage mischief misfit misfits mishka missy mister mistress misty
        mittens mnbvcxz mobydick modena mojo molly mollydog moloko molson momoney monaco monalisa monarch monday
        mondeo money moneyman moneys mongoose monitor monke monkey monkeybo monkeys monopoly monster montana montgom
        montreal monty moocow mookie moomoo moonbeam moondog moonligh moonlight moonshin moose mopar mordor morgan
        moritz morpheus mortgage mortimer moscow moskva mother motherlode motorola mountain mouse mozart mudvayne
        muffin mulder mullet multiplelo munch munchkin muppet murzik musashi muscle muscles mushroom music musica
        musicman mustafa mustang mustangs mustard mybaby mydick mygirl mykids mylife mylove myname mypass mypassword
        mystic naked namaste nancy nang nanook napass napoli napster naruto nascar nasty nastya natali natasha
        nathan naughty nautilus navigator nazgul nbvjatq nebraska nemesis neng neptune netscape nevada nevermind
        nevets newbie newcastl newlife newpass newport newyork nextel nfnmzyf nfytxrf niang niao niceass niceguy
        nickel nicola nicole nigga nigger nightwish nike nikita nikitos nikki nikola nikolai nikolay nimbus nimrod
        nineinch niners ning ninja ninjas nintendo nipper nipple nipples nirvana nissan nitram nitro nofear nokia
        nokian nolimit nomad nomore noname nong noodle noodles nookie nopass norwich nostromo notebook notused
        novell noway ntktajy nuan nude nudes nudist nugget nuggets number nutmeg nuttertools nygiants nyjets nylons
        nymets oakland oasis oatmeal obelix oberon obiwan oblivion obsidian oceans odyssey ohshit ohyeah oicu oilers
        oksana oldman oleg olesya oliver olivier olympus omega onelove onetime onetwo onion online onlyme opendoor
        openup operator optimist optimus oracle orange oranges orchid oreo orgasm orient orioles orion oscar osiris
        othello outkast outlaw overkill overlord oxford ozzy pacers packard packer packers pacman paco paddle padres
        paintbal paintball pakistan paladin pallmall palmtree paloma panama panasoni panasonic pancho panda pandora
        pang pantera panther panthers panties pantyhos panzer paolo papillon papito paradigm paradise paradox
        paramedi paris parol parola parrot pasadena pascal pass passat passion passme passport passwd passwor
        password passwords passwort pasword patches patric patrici patrick patriot patriots paulie pavel pavilion
        pavlov pdtplf peace peach peaches peachy peanut peanuts pearljam pebble pebbles pecker peekaboo peewee
        pegasus pelican pencil peng penguin penguins penis penny penthous pentium pepito peppe pepper pepsi perfect
        persik pervert peter peterpan petrov petrova peugeot phantom pharmacy pheonix philippe philips phillies
        philly phish phoeni phoenix photos phpbb pian pianoman piao picard picasso piccolo pickle pickles pickup
        pics picturs pigeon piggy piglet pikachu pillow pimp pimpin pinball pineappl pineapple ping pingpong pinhead
        pink pinkfloy pinkfloyd pinky pioneer pipeline pippen pippo piramida pirate pirates pisces pissing pissoff
        pistol pistons pitbull pixies pizdec pizza pizzas placebo planet plasma plastic platinum platon platypus
        playa playboy player playstat playstation playtime plumber pluto plymouth pobeda poison poiuyt poiuytrewq
        pokemon polaris police polina polniypizdec polo polska pompey poncho pontiac pony poochie poodle pooh
        poohbear pookie pool poontang poop pooper poopie poopoo poopy pooter popcorn popeye popova popper poppy
        porkchop porn porno pornos pornstar porsche portland portugal poseidon possum postal postman potato pothead
        powder power preacher precious predator prelude premium presario presiden presto primus prince princes
        princess pringles printer prissy private privet prodigy prophet proton prowler proxy prozac psycho puddin
        pudding puffin puffy pufunga pulsar pumpkin pumpkins punisher punkin punkrock puppies puppy pupsik purdue
        purple puss pussey pussie pussies pussy pussycat pussyman pussys putter pyramid python qawsed qawsedrf
        qazqaz qazws qazwsx qazwsxed qazwsxedc qazwsxedcrfv qazxcv qazxsw qazxswedc qazzaq qiang qiao qing qiong
        qqqqq quan quantum quartz quasar quattro queens quest qwas qwaszx qweasd qweasdzxc qwedsa qweqwe qwer
        qwerasdf qwert qwerty qwertyu qwertyui qwertyuio qwertyuiop qwertz rabbit rabota racecar racer racerx rachel
        racing radiohea radiohead ragnarok raider raiders rainbow rainman raistlin rambler rambo rammstein ramones
        rampage ramrod ramses rancid random randy rang ranger rangers raptor rascal rasdzv rasmus rasputin rasta
        rastaman ratman raven ravens razor razz rbhbkk rctybz reader realmadrid reaper rebecca rebel rebels reckless
        redalert redbaron redbird redbull redcar reddevil reddog reddwarf redeye redfish redfox redhat redhead
        redhot redline redman redneck redrose redrum reds redskin redskins redsox redwing redwings redwood reebok
        reefer reflex reggae reload remingto renault renegade reng reptile rereirf rescue retard revolver rfhbyf
        rfnthbyf rfrfirf rfrnec rfvfcenhf rhbcnbyf rhfcjnrf rhino rhjrjlbk rhtdtlrj ricard richar richard rightnow
        ripken ripper ripple rjhjktdf rjirfrgbde rjntyjr rjycnfynby roadkill roadking roadrunn roadrunner roadster
        rober robert robocop robot robotech robotics rocker rocket rockets rockford rockhard rockie rockies rockon
        rocks rockstar rocky rodman roger rogue roller rolltide romans romashka rommel ronaldo rong roofer rookie
        rooster rootbeer rosebud roswell rotten route rover rovers royals rtyuehe ruan rubber rubble rulez rulezzz
        runaway runescape runner rush ruslan russia rustam rusty sabbath sabine sabres sabrina sadie safari sahara
        saigon sailboat sailing sailor saints sairam saiyan sakura salamander salasana saleen sally salmon salomon
        salope salsero samantha samiam sammy samson samsun samsung samtron samurai sancho sandiego sandman sandr
        sandrine sandro sandy sanfran sanity santafe sapper sapphire sarah saratoga sascha sasha sassy sasuke satan
        satana saturn saun sauron sausage sausages savior sayang scania scanner scarface scarlet schalke scooby
        scoobydo scoobydoo scooter scorpio scorpion scotch scotland scott scotty scout scrabble scrappy scream
        screamer scruffy scuba scully seabee seadoo seagull seahawks seamus searay seattle sebastia secret security
        seeker seinfeld sekret select seminole semperfi senators seneca seng sensei sentinel septembe serega
        serenity sergei sergey sergi serpent sersolution server sesame seven sevens severin sexgod sexsex sexual
        sexx sexxx sexxxx sexxxy sexxy sexy sexyboy sexygirl sexylady sexyman shado shadow shag shaggy shai shalom
        shaman shamrock shamus shaney shang shania shannon shao shaolin shark sharks sharky shasta shaved shazam
        sheba shei shelby shemale sheng sherlock shibby shiloh shiner shinobi shitface shithead shitty shocker
        shogun shooter shorty shotgun shou showme showtime shuai shuang shui shun shuo shutup sidekick siemens
        sierra sigma silver silverad simba simon simple simpsons sinatra sinbad sinister sinned sinner sirius sissy
        sithlord sixers sixpack skate skater skeeter skibum skidoo skiing skillet skinny skipper skippy skittles
        skorpion skydive skyhawk skylar skyler skyline skywalke skywalker slacker slamdunk slammer slapper slappy
        slapshot slave slavik slayer sleeper sleepy slick slider slim slimshady slinky slipknot slippery slowhand
        slugger sluggo slut sluts slutty smackdow smashing smeghead smegma smelly smiles smiley smirnoff smiths
        smitty smoke smoker smokes smokey smokie smokin smooth smudge smut snake snakes snapon snapper snapple
        snappy snatch sneakers sneaky snickers sniper snooker snoop snoopdog snoopy snowball snowboar snowboard
        snowflak snowman snuffy snuggles sobaka soccer socrates softail softball software solaris soldier soleil
        solitude solnce sommer sonata sonic sonics sonoma sony sonyericsson sonyfuck sooners sophi sophie soprano
        soulmate southpar southpark southpaw sowhat spaceman spam spank spanker spanking spankme spanks spanky
        spanner sparkle sparky sparta spartak spartan spartans spawn speaker specialk spectre spectrum speedo speedy
        spencer sphinx spice spider spiderma spiderman spidey spike spiker spikes spikey spinner spiral spirit
        spitfire splash splinter spock sponge spongebo spongebob spooky spoons sporty spotty spring sprint sprinter
        sprite spud spunky spurs sputnik spyder squall squash squeak squirrel squirt srinivas stalin stalker
        stallion stanislav stanley star starbuck starcraf starcraft stardust starfire starfish stargate starligh
        starman starship start starter startrek starwars stasik static stealth steaua steeler steelers stefano
        steffi stepan steph stephani stephen stereo sterlin steve sticks sticky stiffy stigmata stimpy sting stinger
        stingray stinker stinky stocking stocks stone stonecol stonecold stoned stones stoney storm stormy stranger
        stratfor stratus strawber strawberry strider strike striker stripper stroker stryker stubby stud studly
        studman stumpy stunner stupid stylus suan subaru sublime submit subway subzero success suck suckdick sucker
        suckers suckit suckme suckmydick sucks sugar sultan summer summit sundance sunday sundevil sunfire sunflowe
        sunflower sunny sunnyday sunrise sunset sunshin sunshine super superb superfly superma superman supernov
        supersta superstar surf surfer surfing survivor susan sushi suslik suzuki sveta svetik svetlana svoboda
        swallow sweet sweetnes sweetness sweetpea sweets sweety swimmer swimming swinger swingers swinging sword
        swordfis swordfish swords sydney sylveste syncmaster synergy syracuse syzygy tabasco taco tacobell tacoma
        taekwondo talisman talon tango tanker tardis target tarheel tarheels tarzan tasty tatarin tattoo tatyana
        taurus taxman taylor tazman tazmania tbone tdutybq tdutybz teacher technics techno teddy teddybea teddybear
        teen teens tekken telefon telephon temp tempest templar temppass tenchi teng tennis tequila terefon terminat
        terminator terrapin terror test tester testing testpass texas thailand thanatos thankyou theboss thecat
        thecrow thecure thedog thedoors thedude theend thegame thegreat thekid theking theman theone therock thesims
        thewho thirteen thisisit thoma thomas thong thongs thor threesom thuglife thumbs thumper thunder thunderb
        tian tiao tiberius tiburon tickle tiffany tiger tigers tigge tigger tights timber timeout timosha ting
        tinker tinkerbe tinkerbell tinman tintin tipper titan titanic titanium titans titleist tits titten titties
        titty tkbpfdtnf toaster toejam toffee tokiohotel tolkien tomahawk tomato tomcat tommy tommyboy toolman toon
        tootie tootsie topcat topdog topgun tophat topher topper toriamos torino tornado toronto toshiba tosser
        tottenha tottenham toyota tracer tracker tractor trader trainer trance tranny transam translator trapper
        travel traveler treasure trebor trfnthbyf triangle tricky trident trigger trinitro trinity tripod tripper
        triton triumph trixie trojan trojans troll trombone trooper trouble truck trucker trucking trucks truelove
        trumpet trunks trustno tsunami tuesday tulips tunafish tundra tuning tupac turbo turkey turnip turtle tweety
        twiggy twilight twinkle twisted twister tyler typhoon ufkbyf ultima ultimate ultra umbrella umpire undead
        underdog undertak undertaker unicorn universa unreal upyours uranus usarmy username usmc usnavy usuckballz
        utopia vacation vader vadim vagina valentin valentina valera valhalla valkyrie vampir vampire vanessa
        vanguard vanhalen vanilla varvara vasilisa vauxhall vbkfirf vector vectra vedder vegeta vehpbr velvet
        vendetta venera verbatim veritas verizon vermont veronika versace vertigo vette vfczyz vfhbyf vfhecz
        vfhufhbnf vfibyf vfitymrf vfksirf vfrcbv vfrcbvrf vfvekz vfvfgfgf vfvjxrf viagra victory viewsoni viewsonic
        viking vikings viktor viktoria viktoriya vincent vintage violetta violin viper vipers virgin visa vision
        vitalik vitamin vjcrdf vjkjrj vjqgfhjkm vkontakte vlad vladik vladimir vladislav volcom volkov volkswag
        volley volvo voodoo vortex voyager voyeur vsegda vsjasnel vulcan waffle walleye walmart walnut walrus
        wanderer wanker wapbbs warcraft wareagle warez warhammer warlock warlord warrior warriors warthog wasabi
        washingt wasser wassup watcher water waterboy waterloo weasel webhompas webmaste webmaster weed weezer
        welcom welcome welder wendy weng werder werewolf westham westside westwood wetpussy whatever whatsup wheels
        whiskers whiskey whisky whisper whistler white whiteboy whiteout whitesox whitey whocares whore whynot
        wibble wicked wifey wildbill wildcard wildcat wildcats wildfire wildman wildwood william willow windmill
        windows windsor windsurf wingman wingnut winner winston winter wisdom wishbone wizard wolf wolfgang wolfie
        wolfman wolfpac wolfpack wolverin wolverine wolves wombat woodie woodland woody woofer woofwoof woohoo
        wookie wordpass wormix wraith wrangler wrench wrestle wrestlin wrinkle wutang xanadu xavier xbox xerxes
        xfiles xiang xing xtreme xxxpass yamaha yamahar yankee yankees ybrbnf ybrjkfq yeahbaby yellow yfcntymrf
        yfnfif yfnfkb yfnfkmz yjdsqgfhjkm yoda yogibear yomama yosemite yourmom yousuck yoyoma ytrewq yugioh yummy
        yzerman zachary zalupa zang zanzibar zaphod zappa zaqwsx zaqxsw zaqxswcde zaraza zarina zasada zebra zeng
        zenith zephyr zeppelin zerocool zeus zhai zhao zhei zheng zhjckfd zhong zhou zhuai zhuang zhui zhun zhuo
        zidane ziggy zigzag zildjian zipper zippo zippy zodiac zoloto zombie zong zorro zuan zvezda zxasqw zxcasd
        zxcasdqwe zxcv zxcvbn zxcvbnm zzzxxx
        """

    static let all = Set((ukrainian + " " + leaked).split { $0 == " " || $0 == "\n" }.map(String.init))
}
