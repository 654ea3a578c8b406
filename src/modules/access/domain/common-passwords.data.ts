/** Passwords and words that are tried first, in lower case; a small list of well-known ones. */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  `
0123456789 0987654321 1029384756 1122334455 123123123 1234512345 12345678 123456789 1234567890
1234567890q 12345678910 123456789a 123456abc 123456qwerty 12345qwert 1234qwer 123qweasd 123qweasdzxc
1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx 1qaz2wsx3edc 1qazxsw2 987654321 9876543210 a123456789 a1b2c3d4
a1b2c3d4e5 aa123456 abc123 abcd1234 abcde12345 abcdef abcdefg abcdefgh abcdefghi abcdefghij abcdefghijk
admin admin123 admin1234 admin12345 adminadmin administrator andrew android arsenal asdf1234 asdfasdf
asdfgh asdfghjk asdfghjkl asdfqwer ashley autumn autumn2025 azerty azertyuiop barcelona baseball
basketball batman butterfly changeit changeme changeme1 changeme123 charlie cheese chelsea chocolate
computer cookie correcthorsebatterystaple corvette cowboys daniel default diamond dicom donald dragon
eagles elekta facebook february ferrari flower football football1 freedom friday gandalf godzilla google
guest guestguest harley hockey hospital hunter hunter2 ilovemyself iloveyou iloveyou1 internet iphone
january jennifer jessica jordan jordan23 joshua juventus laboratorium laboratory lakers letmein
letmein123 letmeinnow linac linkedin linux liverpool lkjhgfdsa lovelove lovely loveyou manager manchester
master matrix matthew medical mercedes merlin michael microsoft mnbvcxz monday monkey mustang mypassword
mysecret mysql nicole oncology opensesame operator oracle orange p@ssw0rd p@ssword pa55word passw0rd
password password1 password12 password123 password1234 passwordpassword passwort philips phoenix
physicist physics poiuytrewq pokemon porsche postgres princess purple q1w2e3r4 q1w2e3r4t5 q1w2e3r4t5y6
qatrack qazwsxedc qazwsxedcrfv qweasd qweasdzxc qwer1234 qwerty qwerty123 qwerty1234 qwerty12345 qwertyui
qwertyuiop qwertyuiop123 qwertz qwertzui qwertzuiop radiation radiology radiotherapy rainbow ranger
realmadrid robert root rootroot samantha samsung secret secret123 secretsecret service shadow siemens
soccer spiderman spring spring2025 startrek starwars steelers summer summer2024 summer2025 summer2026
sunshine sunshine1 superman superuser supervisor system test1234 test12345 test123456 testtest
thequickbrownfox thomas thunder toor topsecret touchstone truebeam trustno1 twitter ubuntu user username
varian welcome welcome1 welcome123 welcome2024 welcome2025 welcome2026 whatever william windows winter
winter2024 winter2025 winter2026 yankees yellow zaq12wsx zaq1xsw2 zxcvbn zxcvbnm zxcvbnm123
`.trim().split(/\s+/),
)
