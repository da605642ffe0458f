"""Send the bulletin or the reminder to 钉钉, 企业微信 or by mail, each at most once."""
