-- A database of version 6: as version 5, with how cards were before its last answers.
BEGIN TRANSACTION;
CREATE TABLE "fits" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "device" TEXT NOT NULL,
   "seq" INTEGER NOT NULL,
   "at" INTEGER NOT NULL,
   "zone" INTEGER NOT NULL,
   "parameters" TEXT NOT NULL,
   "basis" TEXT NOT NULL,
   "checksum" TEXT NOT NULL
) STRICT;
INSERT INTO "fits" VALUES('ea61a5c73b8201be84ba','device-of-tests',9,1800579600000,28800,'0.6,2.0,5.0,20.0,6.0,0.7,2.5,0.01,1.5,0.12,0.9,1.8,0.09,0.3,1.9,0.4,2.2,0.5,0.3,0.1,0.25','{"reviews": 70, "cards": 9, "first_day": "2026-01-02", "last_day": "2026-11-20"}','2c51433886629726a3e94384824858e8');
CREATE TABLE "marks" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "device" TEXT NOT NULL,
   "seq" INTEGER NOT NULL,
   "at" INTEGER NOT NULL,
   "zone" INTEGER NOT NULL,
   "card" TEXT NOT NULL,
   "kind" TEXT NOT NULL,
   "value" TEXT NOT NULL,
   "checksum" TEXT NOT NULL
) STRICT;
INSERT INTO "marks" VALUES('0864b3fa9a385b18fd0b','device-of-tests',7,1798851660000,28800,'a/y','suspend','','459ba85c49433d09f3f78db4338db443');
INSERT INTO "marks" VALUES('5b3b4b6496f729a1a579','device-of-tests',14,1801443900000,28800,'a/x','reset','','b7b50620ee88a86ed67f783425713e21');
CREATE TABLE "memory" (
   "card" TEXT PRIMARY KEY NOT NULL,
   "state" TEXT NOT NULL,
   "stability" REAL NOT NULL,
   "difficulty" REAL NOT NULL,
   "due_day" INTEGER NOT NULL,
   "first_day" INTEGER NOT NULL,
   "last_day" INTEGER NOT NULL,
   "last_at" INTEGER NOT NULL,
   "zone" INTEGER NOT NULL,
   "reps" INTEGER NOT NULL,
   "lapses" INTEGER NOT NULL,
   "step" INTEGER,
   "due_at" INTEGER
) STRICT;
INSERT INTO "memory" VALUES('a/y','learning',0.6,6.0,739943,739943,739943,1795395720000,28800,1,0,0,1795395780000);
INSERT INTO "memory" VALUES('b/z','learning',2.0,4.98624729252952381131e+00,739946,739946,739946,1795655160000,28800,1,0,0,1795655490000);
INSERT INTO "memory" VALUES('b/new','learning',0.212,6.4133,740013,740013,740013,1801443840000,28800,1,0,0,1801443900000);
CREATE TABLE "meta" (
   "key" TEXT PRIMARY KEY NOT NULL,
   "value" TEXT NOT NULL
) STRICT;
INSERT INTO "meta" VALUES('device','device-of-tests');
INSERT INTO "meta" VALUES('memory','0.9 60,600 600 36500 14400 1 1,1,1,1,1,1,1 0.6,2.0,5.0,20.0,6.0,0.7,2.5,0.01,1.5,0.12,0.9,1.8,0.09,0.3,1.9,0.4,2.2,0.5,0.3,0.1,0.25');
INSERT INTO "meta" VALUES('rollups','["1 0.9 60,600 600 36500 14400 1 1,1,1,1,1,1,1 0.6,2.0,5.0,20.0,6.0,0.7,2.5,0.01,1.5,0.12,0.9,1.8,0.09,0.3,1.9,0.4,2.2,0.5,0.3,0.1,0.25", 739942, {"device-of-tests": 8}]');
CREATE TABLE "quiz_answers" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "device" TEXT NOT NULL,
   "seq" INTEGER NOT NULL,
   "at" INTEGER NOT NULL,
   "zone" INTEGER NOT NULL,
   "quiz" TEXT NOT NULL REFERENCES "quizzes"("id"),
   "position" INTEGER NOT NULL,
   "card" TEXT NOT NULL,
   "made" TEXT NOT NULL,
   "outcome" TEXT NOT NULL,
   "points" INTEGER NOT NULL,
   "response" TEXT NOT NULL,
   "choice" TEXT NOT NULL,
   "took_ms" INTEGER NOT NULL,
   "findings" TEXT NOT NULL,
   "checksum" TEXT NOT NULL
) STRICT;
INSERT INTO "quiz_answers" VALUES('answer-1','device-of-tests',11,1795399260000,28800,'quiz-1',1,'a/x','choices','partial',50,'docker ps ——all','`docker ps -a`',900,'[["wrong-option","--all",[[10,15]]]]','d24623569aaf1ca953bc8eef25b6f33a');
CREATE TABLE "quizzes" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "device" TEXT NOT NULL,
   "seq" INTEGER NOT NULL,
   "at" INTEGER NOT NULL,
   "zone" INTEGER NOT NULL,
   "mode" TEXT NOT NULL,
   "seed" TEXT NOT NULL,
   "selection" TEXT NOT NULL,
   "questions" INTEGER NOT NULL,
   "limit_ms" INTEGER NOT NULL,
   "pass_mark" INTEGER NOT NULL,
   "checksum" TEXT NOT NULL
) STRICT;
INSERT INTO "quizzes" VALUES('quiz-1','device-of-tests',10,1795399200000,28800,'exam','7','images --count 2',2,60000,80,'f1230ab542b5e36c792260cb98c11cdf');
CREATE TABLE "retractions" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "device" TEXT NOT NULL,
   "seq" INTEGER NOT NULL,
   "at" INTEGER NOT NULL,
   "zone" INTEGER NOT NULL,
   "review" TEXT NOT NULL REFERENCES "reviews"("id"),
   "checksum" TEXT NOT NULL
) STRICT;
INSERT INTO "retractions" VALUES('undo-eb47153be3390a01e7bb','device-of-tests',4,1795395840000,28800,'eb47153be3390a01e7bb','518a9ba23211b6cb7bc4bf876e0b89ae');
CREATE TABLE "reviews" (
   "id" TEXT PRIMARY KEY NOT NULL,
   "device" TEXT NOT NULL,
   "seq" INTEGER NOT NULL,
   "at" INTEGER NOT NULL,
   "zone" INTEGER NOT NULL,
   "card" TEXT NOT NULL,
   "rating" INTEGER NOT NULL,
   "outcome" TEXT NOT NULL,
   "response" TEXT NOT NULL,
   "took_ms" INTEGER NOT NULL,
   "mode" TEXT NOT NULL,
   "findings" TEXT NOT NULL,
   "checksum" TEXT NOT NULL
) STRICT;
INSERT INTO "reviews" VALUES('83334e0e4ec20819bff4','device-of-tests',1,1795395660000,28800,'a/x',3,'correct','docker ps -a',1234,'review','[]','15510309a38b067a9a37913703b81f5d');
INSERT INTO "reviews" VALUES('c91db13d78d8c8c46779','device-of-tests',2,1795395720000,28800,'a/y',1,'wrong','列出 ＝３',1234,'review','[]','a02fbb71d1515343a734d5c9a52c8fb5');
INSERT INTO "reviews" VALUES('eb47153be3390a01e7bb','device-of-tests',3,1795395780000,28800,'a/x',4,'correct','echo',1234,'review','[]','c56f32a15cecd8345952e27255b3b0de');
INSERT INTO "reviews" VALUES('36936e2de296f005c64f','device-of-tests',5,1795655100000,28800,'a/x',3,'correct','echo',1234,'review','[]','69dd32e20c0aae0677d9a6ba7fcf4b42');
INSERT INTO "reviews" VALUES('fbe74da6ae0b131549e4','device-of-tests',6,1795655160000,28800,'b/z',2,'correct','echo',1234,'review','[]','67d73ded479177e45724b3035eb53545');
INSERT INTO "reviews" VALUES('2a38c6c67e5dbe3d0f6f','device-of-tests',8,1798851720000,28800,'a/x',3,'correct','echo',1234,'review','[]','a6e27ee5dd0e345f6de42a6ba95cabc8');
INSERT INTO "reviews" VALUES('b3bbc768e984d5377550','device-of-tests',12,1801443780000,28800,'a/x',3,'correct','echo',1234,'review','[]','7bbdcfe8de2da198f53cf318754de60a');
INSERT INTO "reviews" VALUES('993dbfe7bbc90c2b53de','device-of-tests',13,1801443840000,28800,'b/new',1,'wrong','echo',1234,'review','[]','cc5f472229c15472e33bfadd518fc7bd');
CREATE TABLE rolled_answers ( deck TEXT NOT NULL, day INTEGER NOT NULL, kind TEXT NOT NULL, rating INTEGER NOT NULL, count INTEGER NOT NULL, took_ms INTEGER NOT NULL, PRIMARY KEY (deck, day, kind, rating) ) STRICT, WITHOUT ROWID;
INSERT INTO "rolled_answers" VALUES('',739943,'learn',1,1,1234);
INSERT INTO "rolled_answers" VALUES('',739943,'learn',3,1,1234);
INSERT INTO "rolled_answers" VALUES('',739946,'learn',2,1,1234);
INSERT INTO "rolled_answers" VALUES('',739946,'learn',3,1,1234);
INSERT INTO "rolled_answers" VALUES('',739983,'young',3,1,1234);
INSERT INTO "rolled_answers" VALUES('a',739943,'learn',1,1,1234);
INSERT INTO "rolled_answers" VALUES('a',739943,'learn',3,1,1234);
INSERT INTO "rolled_answers" VALUES('a',739946,'learn',3,1,1234);
INSERT INTO "rolled_answers" VALUES('a',739983,'young',3,1,1234);
INSERT INTO "rolled_answers" VALUES('b',739946,'learn',2,1,1234);
CREATE TABLE rolled_asked ( deck TEXT NOT NULL, day INTEGER NOT NULL, hour INTEGER NOT NULL, kind TEXT NOT NULL, is_first INTEGER NOT NULL, language TEXT NOT NULL, passed INTEGER NOT NULL, failed INTEGER NOT NULL, PRIMARY KEY (deck, day, hour, kind, is_first, language) ) STRICT, WITHOUT ROWID;
INSERT INTO "rolled_asked" VALUES('',739943,9,'learn',0,'',1,1);
INSERT INTO "rolled_asked" VALUES('',739946,9,'learn',0,'',2,0);
INSERT INTO "rolled_asked" VALUES('',739983,9,'young',1,'',1,0);
INSERT INTO "rolled_asked" VALUES('a',739943,9,'learn',0,'',1,1);
INSERT INTO "rolled_asked" VALUES('a',739946,9,'learn',0,'',1,0);
INSERT INTO "rolled_asked" VALUES('a',739983,9,'young',1,'',1,0);
INSERT INTO "rolled_asked" VALUES('b',739946,9,'learn',0,'',1,0);
CREATE TABLE rolled_foretold ( deck TEXT NOT NULL, days INTEGER NOT NULL, answers INTEGER NOT NULL, lapses INTEGER NOT NULL, level INTEGER NOT NULL, passed INTEGER NOT NULL, failed INTEGER NOT NULL, chance REAL NOT NULL, loss REAL NOT NULL, PRIMARY KEY (deck, days, answers, lapses, level) ) STRICT, WITHOUT ROWID;
INSERT INTO "rolled_foretold" VALUES('',2,1,0,16,1,0,8.05643946236430097407e-01,0.216113388126668);
INSERT INTO "rolled_foretold" VALUES('a',2,1,0,16,1,0,8.05643946236430097407e-01,0.216113388126668);
CREATE TABLE rolled_held ( deck TEXT NOT NULL, day INTEGER NOT NULL, lives INTEGER NOT NULL, cards REAL NOT NULL, PRIMARY KEY (deck, day) ) STRICT, WITHOUT ROWID;
INSERT INTO "rolled_held" VALUES('',739949,1,9.73944438061740802581e-01);
INSERT INTO "rolled_held" VALUES('',739956,1,9.24100170428144851442e-01);
INSERT INTO "rolled_held" VALUES('',739963,1,8.84862176373354292202e-01);
INSERT INTO "rolled_held" VALUES('',739970,1,8.52754467724216813628e-01);
INSERT INTO "rolled_held" VALUES('',739977,1,8.25738759304079250611e-01);
INSERT INTO "rolled_held" VALUES('a',739949,1,9.73944438061740802581e-01);
INSERT INTO "rolled_held" VALUES('a',739956,1,9.24100170428144851442e-01);
INSERT INTO "rolled_held" VALUES('a',739963,1,8.84862176373354292202e-01);
INSERT INTO "rolled_held" VALUES('a',739970,1,8.52754467724216813628e-01);
INSERT INTO "rolled_held" VALUES('a',739977,1,8.25738759304079250611e-01);
CREATE TABLE rolled_notes ( deck TEXT NOT NULL, day INTEGER NOT NULL, introduced INTEGER NOT NULL, hinted INTEGER NOT NULL, overruled INTEGER NOT NULL, hinted_passed INTEGER NOT NULL, hinted_failed INTEGER NOT NULL, PRIMARY KEY (deck, day) ) STRICT, WITHOUT ROWID;
INSERT INTO "rolled_notes" VALUES('',739943,2,0,0,0,0);
INSERT INTO "rolled_notes" VALUES('',739946,1,0,0,0,0);
INSERT INTO "rolled_notes" VALUES('a',739943,2,0,0,0,0);
INSERT INTO "rolled_notes" VALUES('b',739946,1,0,0,0,0);
CREATE TABLE "standing" (
   "card" TEXT PRIMARY KEY NOT NULL,
   "suspended" INTEGER NOT NULL,
   "flagged" INTEGER NOT NULL,
   "zone" INTEGER NOT NULL,
   "buried_on" INTEGER,
   "reset_at" INTEGER
) STRICT;
INSERT INTO "standing" VALUES('a/y',1,0,0,NULL,NULL);
INSERT INTO "standing" VALUES('a/x',0,0,28800,NULL,1801443900000);
CREATE TABLE trail ( number INTEGER PRIMARY KEY NOT NULL, entry TEXT NOT NULL, newest INTEGER NOT NULL, card TEXT NOT NULL, state TEXT, step INTEGER, stability REAL, difficulty REAL, due_day INTEGER, due_at INTEGER, first_day INTEGER, last_day INTEGER, last_at INTEGER, zone INTEGER, reps INTEGER, lapses INTEGER ) STRICT;
INSERT INTO "trail" VALUES(1,'b3bbc768e984d5377550',1798851720000,'a/x','review',NULL,85.3873157985943,2.86299173123543893026e+00,740062,NULL,739943,739983,1798851720000,28800,3,0);
INSERT INTO "trail" VALUES(2,'993dbfe7bbc90c2b53de',1801443780000,'b/new',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "trail" VALUES(3,'5b3b4b6496f729a1a579',1801443900000,'a/x','review',NULL,1.63242325283151302529e+02,2.85535710880104209863e+00,740176,NULL,739943,740013,1801443780000,28800,4,0);
CREATE UNIQUE INDEX "idx_reviews_device_seq"
    ON "reviews" ("device", "seq");
CREATE TRIGGER reviews_no_update BEFORE UPDATE ON reviews BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER reviews_no_delete BEFORE DELETE ON reviews BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE UNIQUE INDEX "idx_retractions_device_seq"
    ON "retractions" ("device", "seq");
CREATE TRIGGER retractions_no_update BEFORE UPDATE ON retractions BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER retractions_no_delete BEFORE DELETE ON retractions BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE INDEX "idx_reviews_card"
    ON "reviews" ("card");
CREATE INDEX "idx_retractions_review"
    ON "retractions" ("review");
CREATE UNIQUE INDEX "idx_marks_device_seq"
    ON "marks" ("device", "seq");
CREATE INDEX "idx_marks_card"
    ON "marks" ("card");
CREATE TRIGGER marks_no_update BEFORE UPDATE ON marks BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER marks_no_delete BEFORE DELETE ON marks BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE UNIQUE INDEX "idx_fits_device_seq"
    ON "fits" ("device", "seq");
CREATE TRIGGER fits_no_update BEFORE UPDATE ON fits BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER fits_no_delete BEFORE DELETE ON fits BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE UNIQUE INDEX "idx_quizzes_device_seq"
    ON "quizzes" ("device", "seq");
CREATE TRIGGER quizzes_no_update BEFORE UPDATE ON quizzes BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER quizzes_no_delete BEFORE DELETE ON quizzes BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE UNIQUE INDEX "idx_quiz_answers_device_seq"
    ON "quiz_answers" ("device", "seq");
CREATE TRIGGER quiz_answers_no_update BEFORE UPDATE ON quiz_answers BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER quiz_answers_no_delete BEFORE DELETE ON quiz_answers BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE INDEX "idx_quiz_answers_quiz"
    ON "quiz_answers" ("quiz");
COMMIT;
PRAGMA application_id = 1953656434;
PRAGMA user_version = 6;
