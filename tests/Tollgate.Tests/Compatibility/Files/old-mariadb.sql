DROP TABLE IF EXISTS `directory_entries`;
CREATE TABLE `directory_entries` (
  `kind` varchar(32) NOT NULL,
  `name` varchar(256) NOT NULL,
  `value` mediumtext NOT NULL,
  `revision` bigint(20) NOT NULL,
  `changed_at` bigint(20) NOT NULL,
  PRIMARY KEY (`kind`,`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;

INSERT INTO `directory_entries` VALUES ('key','01a22bfe0f2a79e6bdf5aee1e1449fbe','{\"hash\":\"4fc8e44321a171ffdbcd20158b4297107f35646a6a825fcd19d9aed6db3965d5\",\"prefix\":\"tg-TLNu26\",\"name\":\"ci\",\"user\":\"ada\",\"team\":\"search\",\"metadata\":{\"ticket\":\"42\"},\"created_at\":\"2026-11-30T10:26:40.042035+00:00\"}',1,1796034400067336);
INSERT INTO `directory_entries` VALUES ('limit','cost_per_30_days:key=01a22bfe0f2a79e6bdf5aee1e1449fbe','{\"metric\":\"cost\",\"window\":\"30 days\",\"scope\":{\"key\":\"01a22bfe0f2a79e6bdf5aee1e1449fbe\"},\"amount\":\"10\",\"mode\":\"Hard\",\"anchor\":\"2026-11-30T00:00:00\"}',2,1796034400111732);
INSERT INTO `directory_entries` VALUES ('limit','requests_per_month','{\"metric\":\"requests\",\"window\":\"month\",\"amount\":\"100\",\"mode\":\"Soft\",\"alert_at\":[50,80]}',4,1796034401365689);
INSERT INTO `directory_entries` VALUES ('limit','total_cost:user=*','{\"metric\":\"cost\",\"window\":\"total\",\"scope\":{\"user\":\"*\"},\"amount\":\"5\",\"mode\":\"Hard\",\"raise\":{\"amount\":\"7\",\"until\":\"2027-01-01T00:00:00+00:00\"}}',3,1796034400658790);
INSERT INTO `directory_entries` VALUES ('project','engine','{\"description\":\"Engine\",\"name\":\"engine\",\"enabled\":true}',6,1796034402336969);
INSERT INTO `directory_entries` VALUES ('user','ada','{\"email\":\"ada@example.com\",\"name\":\"ada\",\"enabled\":true}',5,1796034401856875);
DROP TABLE IF EXISTS `directory_version`;
CREATE TABLE `directory_version` (
  `id` tinyint(4) NOT NULL,
  `version` bigint(20) NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=latin1 COLLATE=latin1_swedish_ci;

INSERT INTO `directory_version` VALUES (1,6);
DROP TABLE IF EXISTS `limit_folders`;
CREATE TABLE `limit_folders` (
  `folder` binary(16) NOT NULL,
  `name` varchar(512) NOT NULL,
  `seen_at` datetime(6) NOT NULL,
  PRIMARY KEY (`folder`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci ROW_FORMAT=DYNAMIC;

DROP TABLE IF EXISTS `tollgate_schema`;
CREATE TABLE `tollgate_schema` (
  `version` int(11) NOT NULL,
  `applied_at` timestamp NOT NULL DEFAULT current_timestamp(),
  PRIMARY KEY (`version`)
) ENGINE=InnoDB DEFAULT CHARSET=latin1 COLLATE=latin1_swedish_ci;

INSERT INTO `tollgate_schema` VALUES (1,'2026-11-30 10:26:37');
INSERT INTO `tollgate_schema` VALUES (2,'2026-11-30 10:26:37');
INSERT INTO `tollgate_schema` VALUES (3,'2026-11-30 10:26:37');
INSERT INTO `tollgate_schema` VALUES (4,'2026-11-30 10:26:37');
DROP TABLE IF EXISTS `usage_days`;
CREATE TABLE `usage_days` (
  `day` bigint(20) NOT NULL,
  `names_hash` binary(32) NOT NULL,
  `key_id` mediumtext NOT NULL,
  `model` mediumtext NOT NULL,
  `provider` mediumtext NOT NULL,
  `user_name` mediumtext NOT NULL,
  `project` mediumtext NOT NULL,
  `calls` bigint(20) NOT NULL,
  `errors` bigint(20) NOT NULL,
  `estimated` bigint(20) NOT NULL,
  `unpriced` bigint(20) NOT NULL,
  `cost` decimal(38,12) NOT NULL,
  `duration` bigint(20) NOT NULL,
  `input_text` bigint(20) NOT NULL,
  `input_audio` bigint(20) NOT NULL,
  `input_image` bigint(20) NOT NULL,
  `cache_read` bigint(20) NOT NULL,
  `cache_read_audio` bigint(20) NOT NULL,
  `cache_write_5m` bigint(20) NOT NULL,
  `cache_write_1h` bigint(20) NOT NULL,
  `output_text` bigint(20) NOT NULL,
  `output_reasoning` bigint(20) NOT NULL,
  `output_audio` bigint(20) NOT NULL,
  `output_image` bigint(20) NOT NULL,
  `tool_use` bigint(20) NOT NULL,
  `request` bigint(20) NOT NULL,
  `second` bigint(20) NOT NULL,
  `character` bigint(20) NOT NULL,
  PRIMARY KEY (`day`,`names_hash`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;

INSERT INTO `usage_days` VALUES (1782777600000000,0x62D70652DFF88529729DE6691E349E0E36D139CEFE78926F41B675E23E3AE791,'','no-such-model','unknown','bob','',1,0,0,1,0.000000000000,0,7,0,0,0,0,0,0,3,0,0,0,0,1,0,0);
INSERT INTO `usage_days` VALUES (1782777600000000,0xD6E4C831E9676F67A95F63B6C81E39476044CD5D310A1F7820B8E4109916CA13,'','gpt-4o','openai','ada','engine',4,2,0,0,0.012000000000,0,4000,0,0,0,0,0,0,200,0,0,0,0,4,0,0);
INSERT INTO `usage_days` VALUES (1782864000000000,0x608F222BE57BB3679EB04C072CB79BCF5BBE093727E8F08989AB2F567E6508DF,'','claude-sonnet-4-5','anthropic','','',1,0,0,0,0.000765000000,0,150,0,0,50,0,0,0,20,0,0,0,0,1,0,0);
DROP TABLE IF EXISTS `usage_records`;
CREATE TABLE `usage_records` (
  `call_id` binary(16) NOT NULL,
  `attempt` int(11) NOT NULL,
  `started_at` bigint(20) NOT NULL,
  `duration` bigint(20) NOT NULL,
  `first_token` bigint(20) DEFAULT NULL,
  `provider` mediumtext NOT NULL,
  `model` mediumtext NOT NULL,
  `model_group` mediumtext DEFAULT NULL,
  `response_model` mediumtext DEFAULT NULL,
  `deployment` mediumtext DEFAULT NULL,
  `operation` mediumtext NOT NULL,
  `streamed` tinyint(1) NOT NULL,
  `service_tier` smallint(6) NOT NULL,
  `key_id` mediumtext DEFAULT NULL,
  `user_name` mediumtext DEFAULT NULL,
  `project` mediumtext DEFAULT NULL,
  `session` mediumtext DEFAULT NULL,
  `application` mediumtext DEFAULT NULL,
  `end_user` mediumtext DEFAULT NULL,
  `tags` mediumtext DEFAULT NULL,
  `input_text` bigint(20) NOT NULL,
  `input_audio` bigint(20) NOT NULL,
  `input_image` bigint(20) NOT NULL,
  `cache_read` bigint(20) NOT NULL,
  `cache_read_audio` bigint(20) NOT NULL,
  `cache_write_5m` bigint(20) NOT NULL,
  `cache_write_1h` bigint(20) NOT NULL,
  `output_text` bigint(20) NOT NULL,
  `output_reasoning` bigint(20) NOT NULL,
  `output_audio` bigint(20) NOT NULL,
  `output_image` bigint(20) NOT NULL,
  `tool_use` bigint(20) NOT NULL,
  `request` bigint(20) NOT NULL,
  `second` bigint(20) NOT NULL,
  `character` bigint(20) NOT NULL,
  `usage_source` smallint(6) NOT NULL,
  `local_input` bigint(20) DEFAULT NULL,
  `local_output` bigint(20) DEFAULT NULL,
  `local_total` bigint(20) DEFAULT NULL,
  `cost` decimal(38,12) DEFAULT NULL,
  `cost_source` mediumtext DEFAULT NULL,
  `outcome` smallint(6) NOT NULL,
  `status_code` int(11) NOT NULL,
  `error_type` mediumtext DEFAULT NULL,
  `response_id` mediumtext DEFAULT NULL,
  `corrects_call` binary(16) DEFAULT NULL,
  `corrects_attempt` int(11) DEFAULT NULL,
  `booking` bigint(20) NOT NULL,
  PRIMARY KEY (`call_id`,`attempt`),
  KEY `usage_started` (`started_at`,`call_id`,`attempt`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;

INSERT INTO `usage_records` VALUES (0x01979DD0000070008000000000000001,1,1782813600000000,0,NULL,'openai','gpt-4o',NULL,NULL,NULL,'chat',0,0,NULL,'ada','engine',NULL,NULL,NULL,NULL,1000,0,0,0,0,0,0,50,0,0,0,0,1,0,0,0,NULL,NULL,NULL,0.003000000000,'builtin/2026-07/openai/gpt-4o',7,0,NULL,NULL,NULL,NULL,-2477281240121174901);
INSERT INTO `usage_records` VALUES (0x01979DD0000070008000000000000002,1,1782813660000000,0,NULL,'unknown','no-such-model',NULL,NULL,NULL,'chat',0,0,NULL,'bob',NULL,NULL,NULL,NULL,NULL,7,0,0,0,0,0,0,3,0,0,0,0,1,0,0,0,NULL,NULL,NULL,NULL,NULL,7,0,NULL,NULL,NULL,NULL,-3922584614273745156);
INSERT INTO `usage_records` VALUES (0x01979DD0000070008000000000000003,1,1782950399000000,0,NULL,'anthropic','claude-sonnet-4-5',NULL,NULL,NULL,'chat',0,0,NULL,NULL,NULL,'s1','batch',NULL,NULL,150,0,0,50,0,0,0,20,0,0,0,0,1,0,0,0,NULL,NULL,NULL,0.000765000000,'builtin/2026-07/anthropic/claude-sonnet-4-5',7,0,NULL,NULL,NULL,NULL,-7208431448592019379);
INSERT INTO `usage_records` VALUES (0x01979DD0000070008000000000000010,1,1782813600000000,0,NULL,'openai','gpt-4o',NULL,NULL,NULL,'chat',0,0,NULL,'ada','engine',NULL,NULL,NULL,NULL,1000,0,0,0,0,0,0,50,0,0,0,0,1,0,0,0,NULL,NULL,NULL,0.003000000000,'builtin/2026-07/openai/gpt-4o',5,0,NULL,NULL,NULL,NULL,5884398495044954467);
INSERT INTO `usage_records` VALUES (0x01979DD0000070008000000000000011,1,1782813600000000,0,NULL,'openai','gpt-4o',NULL,NULL,NULL,'chat',0,0,NULL,'ada','engine',NULL,NULL,NULL,NULL,1000,0,0,0,0,0,0,50,0,0,0,0,1,0,0,0,NULL,NULL,NULL,0.003000000000,'builtin/2026-07/openai/gpt-4o',6,0,NULL,NULL,NULL,NULL,5884398495044954467);
INSERT INTO `usage_records` VALUES (0x01979DD0000070008000000000000012,1,1782813600000000,0,NULL,'openai','gpt-4o',NULL,NULL,NULL,'chat',0,0,NULL,'ada','engine',NULL,NULL,NULL,NULL,1000,0,0,0,0,0,0,50,0,0,0,0,1,0,0,0,NULL,NULL,NULL,0.003000000000,'builtin/2026-07/openai/gpt-4o',1,0,NULL,NULL,NULL,NULL,5884398495044954467);
DROP TABLE IF EXISTS `usage_rollup`;
CREATE TABLE `usage_rollup` (
  `slot` bigint(20) NOT NULL,
  `names_hash` binary(32) NOT NULL,
  `key_id` mediumtext NOT NULL,
  `model` mediumtext NOT NULL,
  `provider` mediumtext NOT NULL,
  `user_name` mediumtext NOT NULL,
  `project` mediumtext NOT NULL,
  `calls` bigint(20) NOT NULL,
  `errors` bigint(20) NOT NULL,
  `estimated` bigint(20) NOT NULL,
  `unpriced` bigint(20) NOT NULL,
  `cost` decimal(38,12) NOT NULL,
  `duration` bigint(20) NOT NULL,
  `input_text` bigint(20) NOT NULL,
  `input_audio` bigint(20) NOT NULL,
  `input_image` bigint(20) NOT NULL,
  `cache_read` bigint(20) NOT NULL,
  `cache_read_audio` bigint(20) NOT NULL,
  `cache_write_5m` bigint(20) NOT NULL,
  `cache_write_1h` bigint(20) NOT NULL,
  `output_text` bigint(20) NOT NULL,
  `output_reasoning` bigint(20) NOT NULL,
  `output_audio` bigint(20) NOT NULL,
  `output_image` bigint(20) NOT NULL,
  `tool_use` bigint(20) NOT NULL,
  `request` bigint(20) NOT NULL,
  `second` bigint(20) NOT NULL,
  `character` bigint(20) NOT NULL,
  PRIMARY KEY (`slot`,`names_hash`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;

INSERT INTO `usage_rollup` VALUES (1782813600000000,0x62D70652DFF88529729DE6691E349E0E36D139CEFE78926F41B675E23E3AE791,'','no-such-model','unknown','bob','',1,0,0,1,0.000000000000,0,7,0,0,0,0,0,0,3,0,0,0,0,1,0,0);
INSERT INTO `usage_rollup` VALUES (1782813600000000,0xD6E4C831E9676F67A95F63B6C81E39476044CD5D310A1F7820B8E4109916CA13,'','gpt-4o','openai','ada','engine',4,2,0,0,0.012000000000,0,4000,0,0,0,0,0,0,200,0,0,0,0,4,0,0);
INSERT INTO `usage_rollup` VALUES (1782949500000000,0x608F222BE57BB3679EB04C072CB79BCF5BBE093727E8F08989AB2F567E6508DF,'','claude-sonnet-4-5','anthropic','','',1,0,0,0,0.000765000000,0,150,0,0,50,0,0,0,20,0,0,0,0,1,0,0);
DROP TABLE IF EXISTS `usage_slots`;
CREATE TABLE `usage_slots` (
  `slot` bigint(20) NOT NULL,
  `calls` bigint(20) NOT NULL,
  `errors` bigint(20) NOT NULL,
  `estimated` bigint(20) NOT NULL,
  `unpriced` bigint(20) NOT NULL,
  `cost` decimal(38,12) NOT NULL,
  `duration` bigint(20) NOT NULL,
  `input_text` bigint(20) NOT NULL,
  `input_audio` bigint(20) NOT NULL,
  `input_image` bigint(20) NOT NULL,
  `cache_read` bigint(20) NOT NULL,
  `cache_read_audio` bigint(20) NOT NULL,
  `cache_write_5m` bigint(20) NOT NULL,
  `cache_write_1h` bigint(20) NOT NULL,
  `output_text` bigint(20) NOT NULL,
  `output_reasoning` bigint(20) NOT NULL,
  `output_audio` bigint(20) NOT NULL,
  `output_image` bigint(20) NOT NULL,
  `tool_use` bigint(20) NOT NULL,
  `request` bigint(20) NOT NULL,
  `second` bigint(20) NOT NULL,
  `character` bigint(20) NOT NULL,
  PRIMARY KEY (`slot`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;

INSERT INTO `usage_slots` VALUES (1782813600000000,5,2,0,1,0.012000000000,0,4007,0,0,0,0,0,0,203,0,0,0,0,5,0,0);
INSERT INTO `usage_slots` VALUES (1782949500000000,1,0,0,0,0.000765000000,0,150,0,0,50,0,0,0,20,0,0,0,0,1,0,0);
/*!50001 DROP VIEW IF EXISTS `accounting_entries`*/;
/*!50001 CREATE ALGORITHM=UNDEFINED */
/*!50013 SQL SECURITY INVOKER */
/*!50001 VIEW `accounting_entries` AS select TIMESTAMP'1970-01-01 00:00:00' + interval `usage_records`.`started_at` microsecond AS `datetime`,`usage_records`.`model` AS `model`,`usage_records`.`input_text` + `usage_records`.`input_audio` + `usage_records`.`input_image` + `usage_records`.`cache_read` + `usage_records`.`cache_read_audio` + `usage_records`.`cache_write_5m` + `usage_records`.`cache_write_1h` AS `prompt_tokens`,`usage_records`.`output_text` + `usage_records`.`output_reasoning` + `usage_records`.`output_audio` + `usage_records`.`output_image` AS `completion_tokens`,`usage_records`.`input_text` + `usage_records`.`input_audio` + `usage_records`.`input_image` + `usage_records`.`cache_read` + `usage_records`.`cache_read_audio` + `usage_records`.`cache_write_5m` + `usage_records`.`cache_write_1h` + `usage_records`.`output_text` + `usage_records`.`output_reasoning` + `usage_records`.`output_audio` + `usage_records`.`output_image` AS `total_tokens`,`usage_records`.`local_input` AS `local_prompt_tokens`,`usage_records`.`local_output` AS `local_completion_tokens`,`usage_records`.`local_total` AS `local_total_tokens`,`usage_records`.`cost` AS `cost`,`usage_records`.`duration` / 1e6 AS `execution_time`,`usage_records`.`application` AS `caller_name`,`usage_records`.`user_name` AS `username`,`usage_records`.`project` AS `project`,`usage_records`.`session` AS `session`,`usage_records`.`cache_read` + `usage_records`.`cache_read_audio` AS `cached_tokens`,`usage_records`.`output_reasoning` AS `reasoning_tokens` from `usage_records` */;

