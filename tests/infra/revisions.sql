-- What a database held at each revision, as that revision wrote it: a section adds the rows of its new tables that are not
-- filled from those before.
-- BYTES'…' is a blob in hexadecimal; each database writes it in its own way.
-- 0001
INSERT INTO statements (seq, id, revision, source, kind, country, grouping, forum, language, date, dated_on, first_seen_at, text_hash, sketch) VALUES (1, 'ef854f9cbbac', 1, 'mission', 'national_statement', 'MWI', NULL, 'OEWG', 'en', '2026-11-20', '2026-11-20', '2026-11-23 08:30:00.000000', '00c9eb106b1300c56243cc179d2957cb', BYTES'ecaf1f005a033b03fa1066030bf119095ee933090ce965099a3bd40b4807060c4aed7e0c8222820cdd8c5a0fe8f1fe107889041b49ba731befef181e900e991e14e4fe1eec62582786250b28317018283df91629d399f229a82a8e2f12526930af8b9e38c965483d6646cb3d8c03b843ad613745a41c7345afd4cb458f545b47e7c73b4e055e6b4e64e34e53c414a259ef7fb05901c5f45e88c1a5620cd02764e2266e681819c668ce5a4e6a6a6a0c6caa689c74fd03c9763f6d41795dfc2f865a1775891474468a976a558acab0248e2791378e4c73578f1ecd8392fb1ccb9219290f93fc9068952e4b069a4c4f799b075b789c5b13d5a05cd6eead1aa0ebae9d1c27afcb2849b1304cb5b71fc1dfb7207f6bc0f0d6f2c2667951c62a5d56cac9a436cc1263c2cfb795efcfefec0dd0a90b20d4a500dad4701a4bdb25f8e5e2d52cd8e5a8c0efeb0dbb02eef2fa46f45a28c9f6e2b1f7f6f71282f74a4573f885afd2f8bcbb2afe');
INSERT INTO statements (seq, id, revision, source, kind, country, grouping, forum, language, date, dated_on, first_seen_at, text_hash, sketch) VALUES (2, 'fcc584832e88', 1, 'mission', 'national_statement', 'MWI', NULL, 'OEWG', 'en', '2026-11-20', '2026-11-20', '2026-11-23 08:30:00.000000', 'cb65811f42c9b2a5d088a454b2de6879', BYTES'6613480014e793033c2ebf0fe2ee4811426aa413065b6014c5b686246e46d924516c1425c6d95431e31f3542d261c44c1516ee5048250a5e09089471ec370d7233042875509d69766dfea876c666b9806ca422826d0705836eed2e83538eef8326db949f160568a526ac8bb2d17242b96f1c53d06d555fd1872ad0d3350c7dd78fb4f7e225bafae3e1fdcee4d0833fea');
INSERT INTO revisions (statement, number, brief, source, seen_at) VALUES (1, 1, '{"statement":{"id":"ef854f9cbbac","url":"https://mission.example/statements/nets","title":"Statement on existing threats","body":"Mr. Chair,\n\nMalaria took more of our children last year than any intrusion, and still we come here to speak of networks. We do so because the clinic that orders the bed nets now orders them through a server in the capital. When that server was encrypted in March, nine districts went without for six weeks.\n\nWe therefore propose that hospitals and the suppliers of hospitals be named as infrastructure that no State may touch, in peace or in war. We ask the Chair to put this in the second part of the draft.","is_cyber_statement":true,"relevance":0.93,"why":["a state speaks in the OEWG","on ransomware"],"kind":"national_statement","country":"MWI","group":null,"speaker":"Chikondi Banda","role":"Deputy Permanent Representative","forum":"OEWG","symbol":null,"date":"2026-11-20","language":"en","published":"2026-11-21T09:00:00+00:00"},"topics":["ransomware"],"points":[{"text":"Nine districts went without for six weeks","quote":"nine districts went without for six weeks","start":264,"end":305,"stance":"cautions","topics":["ransomware","critical_infrastructure"],"link":"https://mission.example/statements/nets#:~:text=nine%20districts","new":false,"said_before":"0123456789ab","rewritten":null}],"duplicate_of":null,"corrects":null,"omitted":["gender"],"lead":[]}', 'mission', '2026-11-23 08:30:00.000000');
INSERT INTO revisions (statement, number, brief, source, seen_at) VALUES (2, 1, '{"statement":{"id":"fcc584832e88","url":"https://mission.example/2","title":"Statement 2","body":"word2x0 word2x1 word2x2 word2x3 word2x4 word2x5 word2x6 word2x7 word2x8 word2x9 word2x10 word2x11 word2x12 word2x13 word2x14 word2x15 word2x16 word2x17 word2x18 word2x19 word2x20 word2x21 word2x22 word2x23 word2x24 word2x25 word2x26 word2x27 word2x28 word2x29 word2x30 word2x31 word2x32 word2x33 word2x34 word2x35 word2x36 word2x37 word2x38 word2x39.","is_cyber_statement":true,"relevance":0.93,"why":["a state speaks in the OEWG","on ransomware"],"kind":"national_statement","country":"MWI","group":null,"speaker":"Chikondi Banda","role":"Deputy Permanent Representative","forum":"OEWG","symbol":null,"date":"2026-11-20","language":"en","published":"2026-11-21T09:00:00+00:00"},"topics":["ransomware"],"points":[],"duplicate_of":null,"corrects":null,"omitted":["gender"],"lead":[]}', 'mission', '2026-11-23 08:30:00.000000');
INSERT INTO keys (key, statement, own, text_hash) VALUES ('url:mission.example/statements/nets', 1, true, '00c9eb106b1300c56243cc179d2957cb');
INSERT INTO keys (key, statement, own, text_hash) VALUES ('url:mission.example/2', 2, true, 'cb65811f42c9b2a5d088a454b2de6879');
INSERT INTO bands (band, statement) VALUES (2076652, 1);
INSERT INTO bands (band, statement) VALUES (54199130, 1);
INSERT INTO bands (band, statement) VALUES (57020666, 1);
INSERT INTO bands (band, statement) VALUES (152695051, 1);
INSERT INTO bands (band, statement) VALUES (154397022, 1);
INSERT INTO bands (band, statement) VALUES (157673740, 1);
INSERT INTO bands (band, statement) VALUES (198458266, 1);
INSERT INTO bands (band, statement) VALUES (201721672, 1);
INSERT INTO bands (band, statement) VALUES (209644874, 1);
INSERT INTO bands (band, statement) VALUES (209855106, 1);
INSERT INTO bands (band, statement) VALUES (257592541, 1);
INSERT INTO bands (band, statement) VALUES (285143528, 1);
INSERT INTO bands (band, statement) VALUES (453282168, 1);
INSERT INTO bands (band, statement) VALUES (460569161, 1);
INSERT INTO bands (band, statement) VALUES (504950767, 1);
INSERT INTO bands (band, statement) VALUES (513347216, 1);
INSERT INTO bands (band, statement) VALUES (4723558, 2);
INSERT INTO bands (band, statement) VALUES (60024596, 2);
INSERT INTO bands (band, statement) VALUES (264187452, 2);
INSERT INTO bands (band, statement) VALUES (289992418, 2);
INSERT INTO bands (band, statement) VALUES (329542210, 2);
INSERT INTO bands (band, statement) VALUES (341859078, 2);
INSERT INTO bands (band, statement) VALUES (612808389, 2);
INSERT INTO bands (band, statement) VALUES (618219118, 2);
INSERT INTO bands (band, statement) VALUES (622095441, 2);
INSERT INTO bands (band, statement) VALUES (827644358, 2);
INSERT INTO bands (band, statement) VALUES (1110777827, 2);
INSERT INTO bands (band, statement) VALUES (1287938514, 2);
INSERT INTO bands (band, statement) VALUES (1357780501, 2);
INSERT INTO bands (band, statement) VALUES (1577723208, 2);
INSERT INTO bands (band, statement) VALUES (1905526793, 2);
INSERT INTO bands (band, statement) VALUES (1913468908, 2);
INSERT INTO topics (topic, statement) VALUES ('ransomware', 1);
INSERT INTO topics (topic, statement) VALUES ('ransomware', 2);
INSERT INTO words (statement, terms) VALUES (1, 'statement on exist threat chikondi band deputi permanent representativ mr chair malari took more of our children last year than any intrusion and still we come here to speak network do so becaus the clinic that order bed net now them through a server in capital when was encrypt march nine district went without for six week therefor prop hospital supplier be named as infrastructur no stat may touch peac or war ask put this second part draft');
INSERT INTO words (statement, terms) VALUES (2, 'statement 2 chikondi band deputi permanent representativ word2x0 word2x1 word2x2 word2x3 word2x4 word2x5 word2x6 word2x7 word2x8 word2x9 word2x10 word2x11 word2x12 word2x13 word2x14 word2x15 word2x16 word2x17 word2x18 word2x19 word2x20 word2x21 word2x22 word2x23 word2x24 word2x25 word2x26 word2x27 word2x28 word2x29 word2x30 word2x31 word2x32 word2x33 word2x34 word2x35 word2x36 word2x37 word2x38 word2x39');
INSERT INTO source_states (name, state) VALUES ('mission', '{"name":"mission","health":"well","validators":{"etag":null,"last_modified":null},"failures":0,"problem":null,"next_try":"2026-11-23T08:30:00+00:00","last_success":"2026-11-23T08:30:00+00:00","window":["entry-1"],"gap_at":null}');
INSERT INTO traces (source, entry_key, url_key, statement_id, seen_at, trace) VALUES ('mission', 'entry-1', 'mission.example/statements/nets', 'ef854f9cbbac', '2026-11-23 08:30:00.000000', '{"source":"mission","entry_id":"entry-1","url":"https://mission.example/statements/nets","title":"T","outcome":"new","why":[],"statement_id":"ef854f9cbbac","digest":"d","seen_at":"2026-11-23T08:30:00+00:00"}');
INSERT INTO channels (key, first_opened_at) VALUES ('console:room', '2026-11-23 08:30:00.000000');
INSERT INTO slots (seq, channel, slot, opened_at) VALUES (1, 'console:room', '2026-11-23T08:30 UTC', '2026-11-23 08:30:00.000000');
INSERT INTO selected (channel, statement, revision, slot, place) VALUES ('console:room', 1, 1, 1, 0);
INSERT INTO selected (channel, statement, revision, slot, place) VALUES ('console:room', 2, 1, 1, 1);
INSERT INTO deliveries (key, slot, part, parts, payload, state, message_id, reason, attempts, due_after, changed_at) VALUES ('d450a475152a841197f68197', 1, 1, 2, '{"lines":[["text","2 new"]]}', 'sent', 'm1', NULL, 1, '2026-11-23 08:30:00.000000', '2026-11-23 08:30:00.000000');
INSERT INTO deliveries (key, slot, part, parts, payload, state, message_id, reason, attempts, due_after, changed_at) VALUES ('c680729c22e6657dfc42ab8b', 1, 2, 2, '{"lines":[["text","second"]]}', 'pending', NULL, NULL, 0, '2026-11-23 08:30:00.000000', '2026-11-23 08:30:00.000000');
-- 0002
INSERT INTO rewritings (key, statement_id, made_at, rewriting) VALUES ('0123456789012345678901234567890123456789', 'ef854f9cbbac', '2026-11-23 08:30:00.000000', '{"key":"0123456789012345678901234567890123456789","statement_id":"ef854f9cbbac","language":"en","model":"small","points":[],"lead":[],"refused":[],"calls":1,"final":true,"made_at":"2026-11-23T08:30:00+00:00"}');
-- 0003
INSERT INTO pages (statement, next_look, page) VALUES (1, '2026-11-23 14:30:00.000000', '{"statement_id":"ef854f9cbbac","url":"https://mission.example/statements/nets","source":"mission","title":"T","published":null,"first_seen_at":"2026-11-23T08:30:00+00:00","validators":{"etag":null,"last_modified":null},"content":"","failures":0,"next_look":"2026-11-23T14:30:00+00:00"}');
INSERT INTO marks (statement, reader, target, marked_at, mark) VALUES (1, 'console:ann', 'brief', '2026-11-23 08:30:00.000000', '{"statement_id":"ef854f9cbbac","revision":1,"reader":"console:ann","verdict":"accurate","marked_at":"2026-11-23T08:30:00+00:00","quote":"","stance":null,"note":""}');
INSERT INTO corrections (channel, statement, revision, slot) VALUES ('console:room', 2, 2, NULL);
-- 0004
INSERT INTO subscriptions (channel, team, wanted, made_by, made_at) VALUES ('console:other', NULL, '{"schedule":"daily 08:30","zone":"UTC","countries":[],"forums":[],"topics":[],"languages":[],"style":"honest","lookback":604800.0,"since":null}', 'console:ann', '2026-11-23 08:30:00.000000');
INSERT INTO standings (channel, standing, reason, since) VALUES ('console:third', 'paused', 'by ann', '2026-11-23 08:30:00.000000');
INSERT INTO installations (platform, name, value) VALUES ('slack', 'T1', '{"bot_token":"xoxb-1"}');
INSERT INTO actions (name, action, kept_at) VALUES ('aaaaaaaaaaaaaaaaaaaa', 'show 1', '2026-11-23 08:30:00.000000');
-- 0005
INSERT INTO workers (id, role, host, version, started_at, beats, beat_at) VALUES ('w1', 'run', 'desk', '0.1.0', '2026-11-23 08:30:00.000000', 4, '2026-11-23 08:30:00.000000');
INSERT INTO leases (name, holder) VALUES ('channel console:room', 'w1');
INSERT INTO paces (name, next_at) VALUES ('discord', 1795000000.5);
-- 0006
INSERT INTO restorations (restored_at) VALUES ('2026-11-01 08:00:00.000000');
-- 0007
INSERT INTO schedules (channel, schedule, since, through) VALUES ('console:other', 'daily 08:30', '2026-11-23 08:00:00.000000', '2026-11-23 08:30:00.000000');
-- 0008
