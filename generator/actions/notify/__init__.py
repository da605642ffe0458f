"""Messages to the schools: the bulletin and the reminder, to a group in 钉钉 or 企业微信, or by mail; never twice."""
