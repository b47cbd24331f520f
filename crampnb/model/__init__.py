"""What follows from a day: evidence, profile, exposures, risk, steps and the answer in words.

The standard library only. From the top: schema, evidence, profile, exposures, risk, explain.
"""
