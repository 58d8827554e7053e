/// All rows of the market's bench, on this machine and one core.
func marketRows() throws -> [MarketRow] {
  try MarketClearing.rows() + MarketContinuous.rows() + MarketCoupling.rows()
}
